import { COLOUR_MAPS } from '../colours/colour-maps.js';
import type { Scale } from '../maps/scale.js';
import { overlay } from './overlay.js';
import { createPicture, flatPicture } from './picture.js';

const scale: Scale = { limit: 1, quantile: 100, state: 'finite' };
const plane = (values: readonly number[]) => ({
  values: Float64Array.from(values),
  width: values.length,
  height: 1,
});

describe('overlay', () => {
  it('fades the luminance of the input to 35 % contrast where relevance is zero', () => {
    const colours = [
      [0, 0, 0],
      [255, 0, 0],
      [255, 255, 255],
    ];
    const input = createPicture(3, 1, (data, offset, at) => {
      data.set(colours[at]!, offset);
    });
    const { data } = overlay(input, plane([0, 0, 0]), scale, COLOUR_MAPS.bwr);
    const faded = [0, 255 * 0.2126, 255].map((light) => Math.round(255 + 0.35 * (light - 255)));
    expect([0, 4, 8].map((at) => [...data.slice(at, at + 4)])).toEqual(
      faded.map((grey) => [grey, grey, grey, 255]),
    );
    expect(faded).toEqual([166, 185, 255]);
  });

  it('covers with the strength times the share', () => {
    const input = flatPicture(2, 1, [255, 255, 255]);
    const { data } = overlay(input, plane([1, -0.5]), scale, COLOUR_MAPS.bwr, { strength: 0.6 });
    // Red at 0.6 over white; half blue (128, 128, 255) at 0.3 over white.
    expect([...data]).toEqual([255, 102, 102, 255, 217, 217, 255, 255]);
  });

  it('is 0.8 strong, and fades to black on a black-centred map', () => {
    const input = flatPicture(1, 1, [255, 255, 255]);
    const bwr = overlay(input, plane([1]), scale, COLOUR_MAPS.bwr);
    expect([...bwr.data]).toEqual([255, 51, 51, 255]);
    const black = overlay(input, plane([0]), scale, COLOUR_MAPS.coldnhot);
    expect([...black.data]).toEqual([89, 89, 89, 255]);
  });

  it('refuses an input of another size', () => {
    const input = flatPicture(2, 2, [0, 0, 0]);
    expect(() => overlay(input, plane([1, 2]), scale, COLOUR_MAPS.bwr)).toThrow(
      expect.objectContaining({ code: 'invalid-shape' }) as Error,
    );
  });
});
