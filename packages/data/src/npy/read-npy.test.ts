import { bytesSource, type ByteSource } from '@patternlens/core';
import { gunzipSync } from 'node:zlib';
import { readNpy } from './read-npy.js';

/** Written by NumPy 2.4 (numpy.lib.format.write_array), compressed. */
const NUMPY = {
  f4: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYwOGDPwCBwgIHBwYHhQb175M0GYwAsG8RrmAAAAA==',
  'f8 big endian':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6XZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYosP8BoQ8wQWgHDij9/g+YtiuQ1tZckqkNAAmFGOGwAAAA',
  'f2 big endian':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6XZqSuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYGO4YDDU4M1f8ZGAEI2sQWjAAAAA==',
  f2: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqSuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYGBruGAwxO/6sZGQBiWye0jAAAAA==',
  bool: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loF6TZKiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDLkYGRgA+Eeo1gwAAAA==',
  i1: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loF6Taaiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDrgaGegDEPQNrgwAAAA==',
  u8: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG5TaqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDLgYUoMDwH8oCAJdgH+CYAAAA',
  'i8 big endian':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6XaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDrv8PGMDgPxRAeAzsACxQ+Z2YAAAA',
  u4: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG5TaqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDLgYg+A8E7EAaAExJaDyMAAAA',
  'i4 big endian':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6XaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDrgYGBob6////Ayl2AO95tMmMAAAA',
  u2: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG5TaqSuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDLgaG///ZGQATD69VhgAAAA==',
  'i2 big endian':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6XaaSuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDrgaG+v8M7AD4Soz6hgAAAA==',
  u1: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CsaaOgq1CmQDLob/7ADcUFWYgwAAAA==',
  'Fortran order':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEg8pKk0FChdnJBakArkaRjoKxjoKJpo6CrUKZAIuBjBwcGRgaHAAYiDNAMQLQHx7BoYAEBso3gGkBYB4BUgeyE8A0geA9AQgrQDEG4DYAcgvANIPgPQMIG0AxDscAaNvUyPgAAAA',
  'Fortran order, i2 big endian':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6XaaSuo6Cell9UUpSYF59flJIKEg8pKk0FChdnJBakArkaRjoKxjoKJpo6CrUKZAIuBgYGHgYWBgEGDgYRBkYGXgZWBkEGTgZRBiYGPgY2BiEGLgYxBmYGfgZ2BmEGbgZxAHrYBc+wAAAA',
  'version 2':
    'H4sIAAAAAAACA5vsF+obEMnEUMLAwFCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjoKxpo6CrUKZAIuBjA4YM/AIHCAgcHBgeFBvXvkzQZjAIDI8hiYAAAA',
  'version 3':
    'H4sIAAAAAAACA5vsF+obEMnMUMLAwFCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjoKxpo6CrUKZAIuBjA4YM/AIHCAgcHBgeFBvXvkzQZjAKLqrHuYAAAA',
  scalar:
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAEuBjBgcQAANbQ6k4gAAAA=',
  vector:
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoUAC4GhgZ7BgYGByByAAB3pkDRjAAAAA==',
  object:
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loF7jr66joJ6WX1RSlJgXn1+UkgoSdkvMKU4FihdnJBakAvkaRjqaOgq1CpQArgaWqb0MENAjlleaW1CpF5+cX5Sql1uaU5KZWFSUWDmlhye+KDU5P6+4pKg0uWTK5Ck9rGCVU3rY81IgSiZP8WZoneLMmDSlfUrQFA1vRm+m1ikZzD2sKSWVBakgLUz+FlM6OyCyzD2MNVP8/Py8/gMBmPC2L5mS1Bk7RcPPmzEVyNQDABieN+4YAQAA',
  complex:
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TbGimrqOgnpZfVFKUmBefX5SSCpJwS8wpTgWKF2ckFqQC+RqGOpo6CrUK5AMuBhTwwR4A2jGw1ZAAAAA=',
  text: 'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG4TaqSuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6mjoKtQoUAK5EBgaGJCAGABcY+zKIAAAA',
  records:
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6lEK2hnqiuo6Buk2mirqmjoKGeBOalAXmxQEZaflFJUWJefH5RSipIuVtiTnEqULw4I7EgFcjXMNQB6qpVIAZwMTKAgQMAz5U4oogAAAA=',
  'long double':
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TZmimrqOgnpZfVFKUmBefX5SSCpJwS8wpTgWKF2ckFqQC+RqGOpo6CrUK5AMuBgho+G//vepsPQMDAHS1rqSQAAAA',
  dates:
    'H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG7jaxHtEquuo6Cell9UUpSYF59flJIKknJLzClOBYoXZyQWpAL5GoY6mjoKtQrkAq4wdwYwAAD+nrgfiAAAAA==',
} as const;

const numpy = (name: keyof typeof NUMPY): ByteSource =>
  bytesSource(gunzipSync(Buffer.from(NUMPY[name], 'base64')));

const BASE = [0, 1.5, -2.25, 3, 65504, 6e-8];
const HALVES = [0, 1.5, -2.25, 3, 65504, 2 ** -24];
const COUNTED = Array.from({ length: 24 }, (_, at) => at);

test.each<[keyof typeof NUMPY, number[], number[], boolean]>([
  ['f4', BASE.map(Math.fround), [2, 3], true],
  ['f8 big endian', BASE, [2, 3], false],
  ['f2', HALVES, [2, 3], true],
  ['f2 big endian', HALVES, [2, 3], true],
  ['bool', [1, 0, 1], [1, 3], true],
  ['i1', [-128, 0, 127], [1, 3], true],
  ['u1', [0, 255, 7], [1, 3], true],
  ['u2', [0, 65535, 7], [1, 3], true],
  ['i2 big endian', [-32768, 32767, 7], [1, 3], true],
  ['u4', [0, 2 ** 32 - 1, 7], [1, 3], false],
  ['i4 big endian', [-(2 ** 31), 2 ** 31 - 1, 7], [1, 3], false],
  ['u8', [0, 2 ** 53, 255], [1, 3], false],
  ['i8 big endian', [-(2 ** 53), -1, 7], [1, 3], false],
  ['Fortran order', COUNTED, [2, 3, 4], true],
  ['Fortran order, i2 big endian', COUNTED, [2, 3, 4], true],
  ['version 2', BASE.map(Math.fround), [2, 3], true],
  ['version 3', BASE.map(Math.fround), [2, 3], true],
  ['scalar', [2.5], [], false],
  ['vector', [1, 2, 3], [3], true],
])('%s', async (name, values, shape, single) => {
  const { data, shape: found } = await readNpy('a.npy', numpy(name));
  expect([...data]).toEqual(values);
  expect(found).toEqual(shape);
  expect(data.BYTES_PER_ELEMENT).toBe(single ? 4 : 8);
});

test.each<[keyof typeof NUMPY, string]>([
  ['object', 'Python objects'],
  ['complex', 'complex numbers'],
  ['text', 'text'],
  ['records', 'records'],
  ['long double', 'extended floats'],
  ['dates', 'dates'],
])('%s is refused', async (name, what) => {
  const reading = readNpy('a.npy', numpy(name));
  await expect(reading).rejects.toMatchObject({
    code: 'invalid-file',
    subject: { file: 'a.npy' },
  });
  await expect(reading).rejects.toThrow(`got ${what}`);
  await expect(reading).rejects.toThrow("array.astype('float32')");
});

/** A file of version 1 with this header text and as many bytes behind it. */
function file(text: string, length: number): ByteSource {
  const bytes = new Uint8Array(10 + text.length + length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
  bytes.set(Buffer.from(text, 'latin1'), 10);
  return bytesSource(bytes);
}
const header = (shape: string): string =>
  `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }\n`;

test('every cut of a file is an error', async () => {
  const { size, read } = numpy('f4');
  const whole = await read(0, size);
  for (let length = 0; length < size; length++) {
    const reading = readNpy('a.npy', bytesSource(whole.subarray(0, length)));
    await expect(reading).rejects.toMatchObject({ code: 'invalid-file' });
  }
});

test.each([
  ['a shape of 10^12 elements', '(1000000, 1000000)', '4000000000000 bytes of elements'],
  ['a shape beyond what numbers count', `(${'9'.repeat(15)}, ${'9'.repeat(15)})`, 'cut off'],
  ['a size beyond what numbers count', `(${'9'.repeat(40)},)`, 'a NumPy header'],
  ['a size that is beyond it beside none', `(${'9'.repeat(40)}, 0)`, 'a NumPy header'],
  ['one element too many', '(3,)', '12 bytes of elements for shape [3] of f4, got 8'],
  ['one element too few', '(1,)', 'Something follows the array'],
  ['a negative size', '(-2,)', 'a NumPy header'],
  ['a missing size', '(2, , 1)', 'a NumPy header'],
  ['a size that is no number', '(2, None)', 'a NumPy header'],
])('a header that claims %s is not believed', async (_, shape, sentence) => {
  const reading = readNpy('a.npy', file(header(shape), 8));
  await expect(reading).rejects.toMatchObject({ code: 'invalid-file' });
  await expect(reading).rejects.toThrow(sentence);
});

test.each(['', '[]', '{}', "{'descr': '<f4'}", "{'descr': <f4, 'fortran_order': False}", '\0\xff'])(
  'a header of %j is refused',
  async (text) => {
    await expect(readNpy('a.npy', file(text, 8))).rejects.toThrow('a NumPy header');
  },
);

test('other ways of writing the dictionary are read', async () => {
  const text = '{"shape":(2L,1),"fortran_order":True,"descr":"=i2"}';
  expect([...(await readNpy('a.npy', file(text, 4))).data]).toEqual([0, 0]);
});

test('a header is not longer than the file, nor than headers are', async () => {
  const bytes = new Uint8Array(2 ** 20 + 100);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 0xff, 0xff, 0xff, 0xff]);
  await expect(readNpy('a.npy', bytesSource(bytes))).rejects.toThrow('a header of at most');
  const short = bytes.slice(0, 50);
  short.set([200, 0, 0, 0], 8);
  await expect(readNpy('a.npy', bytesSource(short))).rejects.toThrow('cut off');
});

test('unknown versions and other files are refused', async () => {
  const later = Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 4, 0, 0, 0, 0, 0]);
  await expect(readNpy('a.npy', bytesSource(later))).rejects.toThrow('version 4');
  await expect(readNpy('a.npy', bytesSource(Buffer.from('hello')))).rejects.toThrow(
    'a NumPy array',
  );
});

test('an array without elements is read as such', async () => {
  expect(await readNpy('a.npy', file(header('(0, 3)'), 0))).toMatchObject({ shape: [0, 3] });
});
