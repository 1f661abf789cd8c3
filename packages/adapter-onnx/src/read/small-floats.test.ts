import { smallFloats } from './small-floats.js';

/** Of all bits of a format: the sum of sizes, how many are no numbers, and a few of its numbers, as the package ml_dtypes (0.5) decodes them. */
const total = (decode: (bits: number) => number, bits: number) => {
  const all = Array.from({ length: 2 ** bits }, (_, at) => decode(at));
  return {
    sum: all.filter(Number.isFinite).reduce((sum, value) => sum + Math.abs(value), 0),
    none: all.filter((value) => Number.isNaN(value)).length,
    few: [1, 5, 8, 13].map((at) => all[at]),
  };
};

test.each([
  ['e4m3fn', 8, 10815.75, 2, [2 ** -9, 5 * 2 ** -9, 2 ** -6, 13 * 2 ** -9]],
  ['e4m3fnuz', 8, 5887.875, 1, [2 ** -10, 5 * 2 ** -10, 2 ** -7, 13 * 2 ** -10]],
  ['e5m2', 8, 720895.9995117188, 6, [2 ** -16, 5 * 2 ** -16, 2 ** -13, 5 * 2 ** -14]],
  ['e5m2fnuz', 8, 720895.9997558594, 1, [2 ** -17, 5 * 2 ** -17, 2 ** -14, 5 * 2 ** -15]],
  ['e2m1', 4, 36, 0, [0.5, 3, -0, -3]],
] as const)('%s', (name, bits, sum, none, few) => {
  const found = total(smallFloats[name], bits);
  expect(found.sum).toBeCloseTo(sum, 9);
  expect([found.none, found.few]).toEqual([none, few]);
});

test('e8m0 is a power of 2 alone', () => {
  expect([0, 127, 130, 254, 255].map(smallFloats.e8m0)).toEqual([2 ** -127, 1, 8, 2 ** 127, NaN]);
});
