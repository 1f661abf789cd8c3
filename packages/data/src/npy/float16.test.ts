import { fromFloat16 } from './float16.js';

test.each([
  [0x0000, 0],
  [0x8000, -0],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3555, 0.333251953125],
  [0x3c00, 1],
  [0xc000, -2],
  [0x6400, 1024],
  [0x7bff, 65504],
  [0xfbff, -65504],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x7e00, NaN],
])('%i is %p', (bits, value) => {
  expect(fromFloat16(bits)).toBe(value);
});

test('every finite value follows from its sign, exponent and fraction', () => {
  for (let bits = 0; bits < 0x8000; bits++) {
    const exponent = bits >> 10;
    if (exponent === 31) continue;
    const fraction = (bits & 0x3ff) / 1024;
    const value = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
    if (fromFloat16(bits) !== value || fromFloat16(bits | 0x8000) !== -value)
      throw new Error(`${bits}`);
  }
});
