import { numberText, powerOfTwo, scoreText } from './number-text.js';

describe('numberText', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1.00'],
    [0.01234, '0.0123'],
    [-14.312, '−14.3'],
    [999.6, '1000'],
    [12345, '12300'],
    [123456, '1.23 × 10⁵'],
    [0.00123, '0.00123'],
    [-0.000123, '−1.23 × 10⁻⁴'],
    [4e25, '4.00 × 10²⁵'],
    [NaN, 'NaN'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('keeps as many digits as asked', () => {
    expect(numberText(Math.PI, 5)).toBe('3.1416');
  });
});

describe('scoreText', () => {
  it.each([
    [14.3123, '14.31'],
    [-2, '−2.00'],
    [0, '0.00'],
    [0.97, '0.97'],
    [0.0000123, '1.23 × 10⁻⁵'],
    [1234567, '1.23 × 10⁶'],
    [NaN, 'NaN'],
  ])('%d is %s', (value, text) => {
    expect(scoreText(value)).toBe(text);
  });
});

describe('powerOfTwo', () => {
  it('is superscript', () => {
    expect(powerOfTwo(-130)).toBe('2⁻¹³⁰');
  });
});
