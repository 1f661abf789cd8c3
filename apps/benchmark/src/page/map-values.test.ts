import { bytesOf, differenceOf, pixelsOf, valuesOf } from './map-values.js';

const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('maps of a report', () => {
  test('values are little-endian float32, row by row', () => {
    const bytes = new Uint8Array(24);
    const view = new DataView(bytes.buffer);
    [1, -2, 0.5, 0, 1e-30, -4].forEach((value, at) => {
      view.setFloat32(at * 4, value, true);
    });
    const values = valuesOf({ height: 2, width: 3, values: encoded(bytes) });
    expect([...values]).toEqual([1, -2, 0.5, 0, Math.fround(1e-30), -4]);
  });

  test('sizes that do not fit are refused', () => {
    const three = encoded(new Uint8Array(3));
    expect(() => valuesOf({ height: 1, width: 1, values: three })).toThrow(
      '[benchmark] report: expected a heat map of 1x1 to have 4 bytes, got 3.',
    );
    expect(() => pixelsOf({ height: 2, width: 1, pixels: three })).toThrow(
      'to have 6 bytes, got 3',
    );
    expect(() => bytesOf('*')).toThrow('expected base64 text');
  });

  test('the factor brings the largest difference to 1', () => {
    const { values, largest, factor } = differenceOf(
      Float32Array.of(1, 2, 3),
      Float32Array.of(1, 1.5, 3.25),
    );
    expect([...values]).toEqual([0, -0.5, 0.25]);
    expect(largest).toBe(0.5);
    expect(factor).toBe(2);
    expect(Math.max(...values.map((value) => Math.abs(value * factor!)))).toBe(1);
  });

  test('there is no factor where nothing differs, or something is not finite', () => {
    const one = Float32Array.of(1, 2);
    expect(differenceOf(one, one)).toMatchObject({ largest: 0, factor: undefined });
    expect(differenceOf(one, Float32Array.of(NaN, 9)).factor).toBeUndefined();
    expect(differenceOf(one, Float32Array.of(9, NaN)).factor).toBeUndefined();
    expect(differenceOf(one, Float32Array.of(Infinity, 2)).factor).toBeUndefined();
  });
});
