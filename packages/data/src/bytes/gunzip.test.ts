import { gzipSync } from 'node:zlib';
import { bytesSource } from '@patternlens/core';
import { uniforms } from '@patternlens/core/tensor';
import { gunzip } from './gunzip.js';
import { plainBytes } from './plain-bytes.js';

const random = (length: number): Uint8Array => {
  const draw = uniforms(3);
  return Uint8Array.from({ length }, () => draw() * 256);
};
const bad = { code: 'invalid-file', subject: { file: 'a.gz' } };

test('what was compressed comes back, over several pages and several reads', async () => {
  const original = random(300_000);
  const all = new Uint8Array(10 * original.length);
  for (let at = 0; at < 10; at++) all.set(original, at * original.length);
  const inflated = await gunzip('a.gz', bytesSource(gzipSync(all, { level: 1 })));
  expect(inflated.size).toBe(all.length);
  const whole = await inflated.read(0, all.length);
  expect(Buffer.compare(whole, all)).toBe(0);
  const page = 2 ** 20;
  for (const [from, length] of [
    [5, 10],
    [page - 3, 7],
    [page - 3, 3],
    [page, 1],
    [page - 1, page + 2],
    [all.length - 1, 1],
  ] as const) {
    const part = await inflated.read(from, length);
    expect(Buffer.compare(part, all.subarray(from, from + length))).toBe(0);
  }
});

test('a file cut off anywhere is an error, not a short array', async () => {
  const whole = gzipSync(random(5000));
  for (const length of [2, 9, 10, 11, 2500, whole.length - 8, whole.length - 1]) {
    const reading = gunzip('a.gz', bytesSource(whole.subarray(0, length)));
    await expect(reading).rejects.toMatchObject(bad);
    await expect(reading).rejects.toThrow('a whole gzip file');
  }
});

test('a damaged file is an error', async () => {
  const whole = gzipSync(random(5000));
  const checksum = Uint8Array.from(whole);
  checksum[whole.length - 6]! ^= 1;
  await expect(gunzip('a.gz', bytesSource(checksum))).rejects.toMatchObject(bad);
  const content = Uint8Array.from(whole);
  content[2] = 99;
  await expect(gunzip('a.gz', bytesSource(content))).rejects.toMatchObject(bad);
});

test('a small file that would fill the memory stops at the limit', async () => {
  const bomb = gzipSync(new Uint8Array(64 * 2 ** 20));
  expect(bomb.length).toBeLessThan(100_000);
  let asked = 0;
  const source = {
    size: bomb.length,
    read: (offset: number, length: number) => {
      asked++;
      return Promise.resolve(bomb.subarray(offset, offset + length));
    },
  };
  const reading = gunzip('a.gz', source, 2 ** 20);
  await expect(reading).rejects.toMatchObject(bad);
  await expect(reading).rejects.toThrow('no more than 1048576 bytes once decompressed');
  expect(asked).toBe(1);
  // Exactly as much as the limit allows is allowed.
  const inflated = await gunzip('a.gz', bytesSource(gzipSync(random(1000))), 1000);
  expect(inflated.size).toBe(1000);
});

test('a source that fails while it is decompressed is told as itself', async () => {
  const whole = gzipSync(random(600_000));
  const source = {
    size: whole.length,
    read: (offset: number, length: number) =>
      offset === 0
        ? Promise.resolve(whole.subarray(0, length))
        : Promise.reject(new Error('EIO: i/o error')),
  };
  await expect(gunzip('a.gz', source)).rejects.toThrow('EIO');
});

test('plain bytes are decompressed once, and only where they are compressed', async () => {
  const plain = bytesSource(Uint8Array.from([1, 2, 3]));
  expect(await plainBytes('a', plain)).toBe(plain);
  const inflated = await plainBytes('a.gz', bytesSource(gzipSync(Uint8Array.from([1, 2, 3]))));
  expect([...(await inflated.read(0, 3))]).toEqual([1, 2, 3]);
  const twice = bytesSource(gzipSync(gzipSync(Uint8Array.from([1, 2, 3]))));
  await expect(plainBytes('a.gz', twice)).rejects.toThrow('another gzip file');
  const empty = bytesSource(gzipSync(new Uint8Array(0)));
  await expect(plainBytes('a.gz', empty)).rejects.toThrow('a gzip file with nothing in it');
  await expect(plainBytes('a', bytesSource(new Uint8Array(0)))).rejects.toThrow('an empty file');
});
