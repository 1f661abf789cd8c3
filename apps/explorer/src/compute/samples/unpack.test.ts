import { gzipSync, zipSync } from 'fflate';
import { CallFailure } from '../call-failure.js';
import { gunzipFile, unzip } from './unpack.js';

const blob = (bytes: Uint8Array): Blob => new Blob([Uint8Array.from(bytes)]);

const sentenceOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return thrown instanceof CallFailure ? thrown.failure.sentence : String(thrown);
};

describe('unpacking', () => {
  const files = {
    'm/model.json': Uint8Array.of(1, 2, 3),
    'm/a.bin': new Uint8Array(40_000).fill(7),
  };

  it('gives the files of a zip with their paths, without what nobody put there', async () => {
    const packed = zipSync({
      ...files,
      '__MACOSX/m/._a.bin': Uint8Array.of(1),
      'm/.DS_Store': Uint8Array.of(1),
    });
    const found = await unzip('a.zip', blob(packed));
    expect(found.map(({ path, content }) => [path, content.size])).toEqual([
      ['m/model.json', 3],
      ['m/a.bin', 40_000],
    ]);
    expect(new Uint8Array(await found[0]!.content.arrayBuffer())).toEqual(files['m/model.json']);
  });

  it('refuses a zip that grows beyond the limit, with the limit', async () => {
    const packed = blob(zipSync({ bomb: new Uint8Array(2 ** 20) }));
    expect(packed.size).toBeLessThan(2000);
    expect(await sentenceOf(unzip('bomb.zip', packed, { bytes: 1000, files: 10 }))).toBe(
      'bomb.zip unpacks to more than 1000 bytes, which is the limit. Unpack it first, and drop the files that are needed.',
    );
  });

  it('refuses one that lies about its size', async () => {
    const packed = zipSync({ bomb: new Uint8Array(2 ** 20) });
    // The size in the header of the file.
    new DataView(packed.buffer).setUint32(22, 5, true);
    expect(await sentenceOf(unzip('bomb.zip', blob(packed), { bytes: 1000, files: 10 }))).toContain(
      'more than 1000 bytes',
    );
  });

  it('refuses too many files, and what is cut off', async () => {
    const many = zipSync({ a: Uint8Array.of(1), b: Uint8Array.of(1), c: Uint8Array.of(1) });
    expect(await sentenceOf(unzip('m.zip', blob(many), { bytes: 99, files: 2 }))).toContain(
      'more than 2 files',
    );
    const cut = zipSync(files, { level: 0 }).subarray(0, 20_000);
    expect(await sentenceOf(unzip('cut.zip', blob(cut)))).toContain("cut.zip can't be unpacked");
  });

  it('unpacks gzip, within a limit', async () => {
    const packed = blob(gzipSync(new Uint8Array(5000).fill(3)));
    expect((await gunzipFile('a.gz', packed)).size).toBe(5000);
    expect(await sentenceOf(gunzipFile('a.gz', packed, { bytes: 100, files: 1 }))).toContain(
      'more than 100 bytes',
    );
    expect(await sentenceOf(gunzipFile('b.gz', blob(Uint8Array.of(0x1f, 0x8b, 9))))).toContain(
      "b.gz can't be unpacked",
    );
  });
});
