import fc from 'fast-check';
import { createPicture, flatPicture } from './picture.js';
import { resizePicture, resizePlane } from './resample.js';

const plane = (width: number, values: readonly number[]) => ({
  values: Float64Array.from(values),
  width,
  height: values.length / width,
});

describe('resizePlane', () => {
  it('makes squares of pixels with nearest', () => {
    const { values } = resizePlane(plane(2, [1, 2, 3, 4]), 4, 4, 'nearest');
    expect([...values]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  });

  it('is linear between the centres of pixels, flat beyond them', () => {
    const { values } = resizePlane(plane(2, [0, 4]), 4, 1);
    expect([...values]).toEqual([0, 1, 3, 4]);
  });

  it('averages what a pixel covers when it shrinks', () => {
    expect([...resizePlane(plane(4, [1, 3, -5, 7]), 2, 1).values]).toEqual([2, 1]);
    // 3 to 2: each pixel covers one and a half.
    const [left, right] = resizePlane(plane(3, [3, 6, 9]), 2, 1).values;
    expect(left).toBeCloseTo((3 + 6 / 2) / 1.5, 12);
    expect(right).toBeCloseTo((9 + 6 / 2) / 1.5, 12);
  });

  it('keeps the largest magnitude with its sign', () => {
    expect([...resizePlane(plane(6, [1, -9, 2, 0, 0, 3]), 2, 1, 'peaks').values]).toEqual([-9, 3]);
  });

  it('resamples rows as it does columns', () => {
    const across = resizePlane(plane(3, [3, 6, 9]), 7, 1);
    const down = resizePlane(plane(1, [3, 6, 9]), 1, 7);
    expect(down.values).toEqual(across.values);
    expect([down.width, down.height]).toEqual([1, 7]);
  });

  it('never leaves the range of its values', () => {
    const size = fc.integer({ min: 1, max: 9 });
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const how = fc.constantFrom('nearest', 'smooth', 'peaks');
    const planes = fc
      .tuple(size, size)
      .chain(([width, height]) =>
        fc.tuple(
          fc.constant(width),
          fc.array(value, { minLength: width * height, maxLength: width * height }),
        ),
      );
    fc.assert(
      fc.property(planes, size, size, how, ([width, values], toWidth, toHeight, resampling) => {
        const resized = resizePlane(plane(width, values), toWidth, toHeight, resampling);
        expect(resized.values).toHaveLength(toWidth * toHeight);
        const slack = 1e-9;
        expect(Math.min(...resized.values)).toBeGreaterThanOrEqual(Math.min(0, ...values) - slack);
        expect(Math.max(...resized.values)).toBeLessThanOrEqual(Math.max(0, ...values) + slack);
      }),
    );
  });
});

describe('resizePicture', () => {
  const picture = createPicture(2, 1, (data, offset, at) => {
    data.set([at * 100, 7, 200 - at * 100], offset);
  });

  it('treats colours alike and stays opaque', () => {
    const { data, width, height } = resizePicture(picture, 4, 1);
    expect([width, height]).toEqual([4, 1]);
    expect([...data]).toEqual([
      ...[0, 7, 200, 255],
      ...[25, 7, 175, 255],
      ...[75, 7, 125, 255],
      ...[100, 7, 100, 255],
    ]);
  });

  it('keeps a flat picture flat at any size', () => {
    const flat = flatPicture(5, 3, [12, 200, 77]);
    expect(resizePicture(flat, 3, 8)).toEqual(flatPicture(3, 8, [12, 200, 77]));
  });

  it('gives back a picture that has the size already', () => {
    expect(resizePicture(picture, 2, 1)).toBe(picture);
  });
});
