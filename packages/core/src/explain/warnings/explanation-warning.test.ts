import { inWords } from './explanation-warning.js';

test.each([
  [0, '0'],
  [-3, '-3'],
  [1234.5, '1230'],
  [999_400, '999000'],
  [-1_248_000, '-1.25e+6'],
  [2.4e23, '2.40e+23'],
  [0.01234, '0.0123'],
  [0.0000123, '1.23e-5'],
])('%d is told as %s', (value, words) => {
  expect(inWords(value)).toBe(words);
});
