import { bytesSource } from '@patternlens/core';
import fc from 'fast-check';
import { encodeNpy, npyHeader } from './encode-npy.js';
import { readNpy } from './read-npy.js';

const text = (shape: readonly number[]): string =>
  Buffer.from(npyHeader(shape)).toString('latin1').slice(10).trimEnd();

test('what is written is read back, for any shape', async () => {
  const cases = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }).chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.float32Array({
        minLength: shape.reduce((all, dim) => all * dim, 1),
        maxLength: shape.reduce((all, dim) => all * dim, 1),
      }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([shape, data]) => {
      const read = await readNpy('a.npy', bytesSource(encodeNpy({ data, shape })));
      expect(read.shape).toEqual(shape);
      expect([...read.data]).toEqual([...data]);
    }),
  );
});

test('float64 is rounded to float32', async () => {
  const file = encodeNpy({ data: Float64Array.of(0.1, 1e-50), shape: [2] });
  expect([...(await readNpy('a.npy', bytesSource(file))).data]).toEqual([Math.fround(0.1), 0]);
});

test('the header is as NumPy writes it', () => {
  expect(text([3, 4])).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }");
  expect(text([3])).toContain("'shape': (3,), }");
  expect(text([])).toContain("'shape': (), }");
  const header = npyHeader([3, 4]);
  expect([...header.subarray(0, 10)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
  expect(header.at(-1)).toBe(10);
});

test('its length does not depend on the number of samples', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4096 }), { maxLength: 6 }),
      fc.maxSafeNat(),
      (sample, count) => {
        const { length } = npyHeader([0, ...sample]);
        expect(length % 64).toBe(0);
        expect(npyHeader([count, ...sample])).toHaveLength(length);
      },
    ),
  );
});

test('samples can be counted after they were written', async () => {
  const samples = [1, 2, 3].map((value) => new Float32Array(4).fill(value));
  const start = npyHeader([0, 2, 2]);
  const file = Buffer.concat([start, ...samples.map((part) => new Uint8Array(part.buffer))]);
  file.set(npyHeader([samples.length, 2, 2]));
  const { data, shape } = await readNpy('a.npy', bytesSource(file));
  expect(shape).toEqual([3, 2, 2]);
  expect([...data]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
});

test('sizes that are none, and data that does not fill the shape, are refused', () => {
  expect(() => npyHeader([1.5])).toThrow(
    expect.objectContaining({ code: 'invalid-argument' }) as Error,
  );
  expect(() => npyHeader([-1])).toThrow('whole sizes');
  expect(() => encodeNpy({ data: new Float32Array(3), shape: [2, 2] })).toThrow('4 values');
});
