import { plainFileName, sampleNumber, uniqueNames } from './file-names.js';

test.each([
  ['cat', 'cat'],
  ['a b/c:d', 'a_b_c_d'],
  ['../<x>', '.._x_'],
  ['über', '_ber'],
])('%s is %s in a name', (text, expected) => {
  expect(plainFileName(text)).toBe(expected);
});

test('numbers have five digits, and more where they need them', () => {
  expect([0, 42, 123456].map(sampleNumber)).toEqual(['00000', '00042', '123456']);
});

test('a name that was given before is counted on', () => {
  expect(['a', 'b', 'a', 'a', 'a-2'].map(uniqueNames())).toEqual(['a', 'b', 'a-2', 'a-3', 'a-2-2']);
});
