import { COLOUR_MAPS } from '../colours/colour-maps.js';
import { scaleOf } from '../maps/scale.js';
import { heatToRgb } from './heat-to-rgb.js';

const plane = (values: readonly number[]) => ({
  values: Float64Array.from(values),
  width: values.length,
  height: 1,
});

describe('heatToRgb', () => {
  it('is blue, white and red for minus, zero and plus', () => {
    const shown = plane([-2, -1, 0, 1, 2, 5]);
    const scale = { limit: 2, quantile: 90, state: 'finite' } as const;
    const { data, width, height } = heatToRgb(shown, scale, COLOUR_MAPS.bwr);
    expect([width, height]).toEqual([6, 1]);
    expect([...data]).toEqual([
      ...[0, 0, 255, 255],
      ...[128, 128, 255, 255],
      ...[255, 255, 255, 255],
      ...[255, 129, 129, 255],
      ...[255, 0, 0, 255],
      ...[255, 0, 0, 255],
    ]);
  });

  it('lifts what is faint with gamma', () => {
    const shown = plane([0.25, 1]);
    const scale = scaleOf(shown.values, 100);
    const [faint] = heatToRgb(shown, scale, COLOUR_MAPS.gray, 0.5).data;
    expect(faint).toBe(128);
  });

  it.each([
    [[0, 0], 'zero'],
    [[NaN, 1], 'not-finite'],
  ])('is flat grey for %j', (values) => {
    const shown = plane(values);
    const { data } = heatToRgb(shown, scaleOf(shown.values), COLOUR_MAPS.bwr);
    expect([...data]).toEqual([217, 217, 217, 255, 217, 217, 217, 255]);
  });
});
