import {
  briefError,
  changeText,
  correlationText,
  countText,
  counted,
  errorText,
  ratioText,
  shortCount,
  timeText,
  valueText,
} from './numbers.js';

describe('numbers for people', () => {
  test.each([
    [2.14e-6, '2.1e-6'],
    [3e-2, '3.0e-2'],
    [0.317, '0.32'],
    [1.42, '1.4'],
    [0, '0'],
    [Infinity, 'not finite'],
    [NaN, 'not finite'],
    [4200, '4.2e+3'],
  ])('error %p is %p', (error, text) => {
    expect(errorText(error)).toBe(text);
  });

  test('an error in a sentence drops a zero that says nothing', () => {
    expect([3e-2, 3.1e-2, 1e-4, 0.5].map(briefError)).toEqual(['3e-2', '3.1e-2', '1e-4', '0.50']);
  });

  test.each([
    [-0.01234, '−0.0123'],
    [304.2, '304'],
    [4.2112e7, '4.21e+7'],
    [-1.2e-9, '−1.20e-9'],
    [0, '0'],
  ])('value %p is %p', (value, text) => {
    expect(valueText(value)).toBe(text);
  });

  test.each([
    [1, '1'],
    [0.9999998, '0.99999980'],
    [0.31, '0.31'],
    [1 - 2e-14, '1 − 2e-14'],
    [-0.5, '−0.50'],
  ])('correlation %p is %p', (value, text) => {
    expect(correlationText(value)).toBe(text);
  });

  test.each([
    [0.004, '< 0.01 ms'],
    [0.421, '0.42 ms'],
    [9.999, '10.0 ms'],
    [13.41, '13.4 ms'],
    [421.3, '421 ms'],
    [999.6, '1.00 s'],
    [12_400, '12.4 s'],
    [NaN, 'not measured'],
  ])('%p milliseconds are %p', (time, text) => {
    expect(timeText(time)).toBe(text);
  });

  test('ratios, counts and changes', () => {
    expect(ratioText(1.934)).toBe('1.93×');
    expect(ratioText(Infinity)).toBe('no ratio');
    expect([999, 1234, 1234567].map(countText)).toEqual(['999', '1,234', '1,234,567']);
    expect([812, 12_345, 1_244_000, 999_600].map(shortCount)).toEqual([
      '812',
      '12.3 k',
      '1.24 M',
      '1.00 M',
    ]);
    expect([counted(1, 'flip'), counted(3, 'flip')]).toEqual(['1 flip', '3 flips']);
    expect(changeText(10, 11.2)).toBe('+12 %');
    expect(changeText(10, 9.7)).toBe('−3 %');
    expect(changeText(10, 10.01)).toBe('0 %');
    expect(changeText(0, 1)).toBe('no share');
  });
});
