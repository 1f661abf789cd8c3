import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { encodeNpy } from '@patternlens/data';
import sharp from 'sharp';
import { someNumbers, writeArray } from '../testing/arrays.js';
import { linearModel } from '../testing/linear-model.js';
import { refuse, succeed } from '../testing/run-cli.js';
import { contentsOf, scratch } from '../testing/scratch.js';

jest.setTimeout(60_000);

const folder = scratch();
const file = (name: string): string => join(folder, name);
const put = (name: string, bytes: Uint8Array | string): void => {
  writeFileSync(file(name), bytes);
};

/** Results of an earlier run, which no failure may touch. */
const before = async (): Promise<void> => {
  await succeed(['explain', 'default', 'good.npy', '--method', 'gradient', '--out', 'out'], {
    cwd: folder,
  });
};

const good = Float32Array.from(someNumbers(2 * 3 * 16 * 16));

beforeAll(async () => {
  writeArray(file('good.npy'), [...good], [2, 3, 16, 16]);
  await before();
});

/** Explains something with the bundled network into the folder of an earlier run, expecting a refusal that leaves everything as it was. */
async function refuseSource(
  source: string,
  parts: readonly string[],
  more: readonly string[] = [],
) {
  const args = ['explain', 'default', source, '--method', 'gradient', '--out', 'out', ...more];
  const kept = contentsOf(folder);
  await refuse(args, 3, [`"${more.at(-1) ?? source}"`, ...parts], { cwd: folder });
  expect(contentsOf(folder)).toEqual(kept);
}

describe('model files', () => {
  const bytes = linearModel({ inputs: { x: 2 }, weights: [[1], [2]], bias: [0] });
  const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;

  test.each<[string, Uint8Array | string | undefined, string[]]>([
    ['cut.onnx', bytes.subarray(0, bytes.length - 20), ['Download it again']],
    ['empty.onnx', '', ['empty', 'Download it again']],
    ['page.onnx', '<!DOCTYPE html><html><body>Not found</body></html>', ['a web page']],
    ['pointer.onnx', LFS, ['git-LFS pointer', 'git lfs pull']],
    ['noise.onnx', Uint8Array.from({ length: 500 }, (_, at) => (at * 89 + 7) % 256), ['not ONNX']],
    ['model.json.onnx', '{"modelTopology": {}}', ['JSON, not ONNX']],
    ['missing.onnx', undefined, ['no such file', 'Check the path']],
  ])('%s', async (name, content, parts) => {
    if (content !== undefined) put(name, content);
    const kept = contentsOf(folder);
    const options = { cwd: folder };
    const explain = ['explain', name, 'good.npy', '--method', 'gradient', '--out', 'out'];
    await refuse(explain, 3, [`"${name}"`, ...parts], options);
    expect(contentsOf(folder)).toEqual(kept);
  });

  test('inspect and export say the same', async () => {
    put('void.onnx', '');
    await refuse(['inspect', 'void.onnx'], 3, ['"void.onnx"', 'empty'], { cwd: folder });
    const args = ['export', 'void.onnx', '--method', 'gradient', '--out', 'never.onnx'];
    await refuse(args, 3, ['"void.onnx"', 'empty'], { cwd: folder });
    expect(Object.keys(contentsOf(folder))).not.toContain('never.onnx');
  });

  test('a folder', async () => {
    mkdirSync(file('folder.onnx'));
    await refuse(['inspect', 'folder.onnx'], 3, ['"folder.onnx"', 'folder where a file'], {
      cwd: folder,
    });
  });
});

/** A PNG whose header claims to be far larger than what follows. */
function hugePng(): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(4),
      sum = Buffer.alloc(4);
    frame.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([frame, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(60_000, 0);
  header.writeUInt32BE(60_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(100)))];
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))]);
}

describe('images', () => {
  test('whose end is missing', async () => {
    const pixels = Buffer.from(someNumbers(64 * 64 * 3, 127).map((value) => value + 128));
    const whole = await sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    put('half.jpg', whole.subarray(0, whole.length / 2));
    await refuseSource('half.jpg', ['image viewer']);
  });

  test('of zero bytes', async () => {
    put('empty.png', '');
    await refuseSource('empty.png', ['empty file']);
  });

  test('that are text', async () => {
    put('text.jpg', 'not a picture at all');
    await refuseSource('text.jpg', ['image that can be decoded']);
  });

  test('that claim a size beyond all memory', async () => {
    put('huge.png', hugePng());
    await refuseSource('huge.png', ['at most 268435456 pixels (16384 x 16384), got 60000 x 60000']);
  });

  test('one bad image among good ones ends the run before anything appears', async () => {
    mkdirSync(file('mixed'));
    const pixels = { width: 16, height: 16, channels: 3, background: '#246' } as const;
    put('mixed/a.png', await sharp({ create: pixels }).png().toBuffer());
    put('mixed/b.png', 'broken');
    const kept = contentsOf(folder);
    const args = ['explain', 'default', 'mixed', '--method', 'gradient', '--out', 'out'];
    await refuse([...args, '--batch', '1'], 3, ['"mixed/b.png"'], { cwd: folder });
    expect(contentsOf(folder)).toEqual(kept);
  });

  test('a folder without any', async () => {
    mkdirSync(file('none'));
    await refuseSource('none', ['holds no images', 'JPEG']);
  });

  test('that are not there', async () => {
    await refuseSource('absent.jpg', ['no such file', 'Check the path']);
  });
});

/** The good array's file with its header's text changed, of the same length. */
function relabelled(from: string, to: string): Uint8Array {
  const bytes = readFileSync(file('good.npy'));
  const at = bytes.indexOf(from);
  bytes.write(to, at, 'latin1');
  return bytes;
}

describe('arrays', () => {
  const bytes = encodeNpy({ data: good, shape: [2, 3, 16, 16] });
  const withNaN = good.slice();
  withNaN[3 * 16 * 16 + 5] = NaN;
  const idx = Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 28, 0, 0, 0, 28])]);

  test.each<[string, () => Uint8Array | string, string[]]>([
    [
      'shape.npy',
      () => encodeNpy({ data: good, shape: [6, 1, 16, 16] }),
      ['[N, 3, 16, 16]', '[N, 1, 16, 16]'],
    ],
    ['text.npy', () => relabelled('<f4', '<U1'), ['text ("<U1")', "astype('float32')"]],
    ['complex.npy', () => relabelled('<f4', '<c8'), ['complex numbers']],
    ['cut.npy', () => bytes.subarray(0, bytes.length - 100), ['cut off']],
    ['more.npy', () => Buffer.concat([bytes, Buffer.from('xx')]), ['Something follows']],
    ['lies.npy', () => relabelled('(2, 3', '(9, 3'), ['[9, 3, 16, 16]', 'cut off']],
    [
      'nan.npy',
      () => encodeNpy({ data: withNaN, shape: [2, 3, 16, 16] }),
      ['NaN in sample 1, value 5', 'leave it out'],
    ],
    ['junk.npy', () => 'hello world, this is no array', ['numpy.save']],
    ['zero.npy', () => '', ['empty file']],
    [
      'none.npy',
      () => encodeNpy({ data: new Float32Array(0), shape: [0, 3, 16, 16] }),
      ['samples'],
    ],
    [
      'digits-idx3-ubyte',
      () => Buffer.concat([idx, Buffer.alloc(4 * 28 * 28)]),
      ['3920 bytes', '3136', 'cut off'],
    ],
    ['images.bin', () => Buffer.alloc(2 * 3073 + 100), ['3073 bytes', '6246', 'cut off']],
    ['cut.npy.gz', () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), []],
  ])('%s', async (name, content, parts) => {
    put(name, content());
    await refuseSource(name, parts);
  });

  test('that are not there', async () => {
    await refuseSource('absent.npy', ['no such file']);
  });

  test('a fit on values that are not finite leaves no file', async () => {
    const kept = contentsOf(folder);
    const args = ['fit', 'default', '--data', 'nan.npy', '--out', 'nan.safetensors'];
    await refuse(args, 3, ['"nan.npy"', 'NaN in sample 1'], { cwd: folder });
    expect(contentsOf(folder)).toEqual(kept);
  });
});

describe('preprocessing files', () => {
  test.each<[string, string[]]>([
    ['{ "resize": 16, }', ['JSON']],
    ['{ "resiz": 16 }', ['"resiz"', 'Did you mean "resize"?']],
    ['{ "resize": "big" }', ['resize', '"big"']],
    ['{ "mean": [1, 2] }', ['mean', '1 or 3 numbers']],
    ['{ "std": [0, 1, 1] }', ['std', 'above 0']],
    ['{ "channels": "rbg" }', ['Did you mean "rgb"?']],
    ['[1]', ['an object']],
  ])('%s', async (text, parts) => {
    put('bad.json', text);
    await refuseSource('good.npy', parts, ['--preprocess', 'bad.json']);
  });

  test('one that is not there', async () => {
    await refuseSource('good.npy', ['no such file'], ['--preprocess', 'absent.json']);
  });
});

describe('class names', () => {
  test.each([
    ['three\nare\ntoo few\n', '4 classes', 'got 3'],
    ['a\nb\nc\nd\ne', '4 classes', 'got 5'],
  ])('%j', async (text, ...parts) => {
    put('labels.txt', text);
    await refuseSource('good.npy', parts, ['--labels', 'labels.txt']);
  });

  test('empty lines at the end count for nothing', async () => {
    put('labels.txt', 'a\r\nb\r\nc\r\nd\r\n\r\n');
    const args = ['explain', 'default', 'good.npy', '--method', 'gradient', '--target', '3'];
    const more = ['--labels', 'labels.txt', '--no-pictures', '--json', '--out', 'labelled'];
    const { stdout } = await succeed([...args, ...more], { cwd: folder });
    const [entry] = JSON.parse(stdout) as { samples: { label: string }[] }[];
    expect(entry!.samples.map(({ label }) => label)).toEqual(['d', 'd']);
  });
});

describe('places that cannot be written', () => {
  beforeAll(() => {
    put('occupied', 'a file');
    mkdirSync(file('directory'));
  });

  const explain = ['explain', 'default', 'good.npy', '--method', 'gradient', '--out'];
  const exporter = ['export', 'default', '--method', 'gradient', '--out'];
  const fit = ['fit', 'default', '--data', 'generated', '--limit', '8', '--out'];

  test.each<[readonly string[], string[]]>([
    [
      [...explain, 'occupied'],
      ['"occupied"', 'a folder is expected'],
    ],
    [
      [...explain, 'occupied/deeper'],
      ['"occupied/deeper"', 'a folder is expected'],
    ],
    [
      [...exporter, 'occupied/a.onnx'],
      ['"occupied"', 'a folder is expected'],
    ],
    [
      [...exporter, 'directory'],
      ['"directory"', 'a file is expected'],
    ],
    [
      [...fit, 'occupied/a.safetensors'],
      ['"occupied"', 'a folder is expected'],
    ],
    [
      [...fit, 'directory'],
      ['"directory"', 'a file is expected'],
    ],
    [
      ['demo', '--out', 'occupied'],
      ['"occupied"', 'a folder is expected'],
    ],
  ])('%j', async (args, parts) => {
    const kept = contentsOf(folder);
    await refuse(args, 1, [...parts, 'Choose another'], { cwd: folder });
    expect(contentsOf(folder)).toEqual(kept);
  });
});
