import type { Pixels } from '../preprocessing/pixels.js';

/** Whether the last channel of a pixel is how opaque it is. */
export const hasAlpha = ({ channels }: Pick<Pixels, 'channels'>): boolean => channels % 2 === 0;

/** A product of two values of 0 to 255 over 255, rounded to the nearest. */
export const productOf255 = (value: number, other: number): number =>
  Math.floor((2 * value * other + 255) / 510);

/** Colours times opacity: how pixels are averaged, so that the colours of transparent ones don't count. */
export function premultiplied(pixels: Pixels): Pixels {
  return withColours(pixels, productOf255);
}

/** The colours that were multiplied by opacity, cut to whole numbers, as Pillow does. */
export function unmultiplied(pixels: Pixels): Pixels {
  return withColours(pixels, (value, alpha) =>
    alpha === 0 ? value : Math.min(255, Math.floor((255 * value) / alpha)),
  );
}

function withColours(pixels: Pixels, colour: (value: number, alpha: number) => number): Pixels {
  const { data, channels } = pixels;
  const result = new Uint8Array(data);
  for (let pixel = 0; pixel < result.length; pixel += channels) {
    const last = pixel + channels - 1;
    const alpha = result[last]!;
    if (alpha === 255) continue;
    for (let at = pixel; at < last; at++) result[at] = colour(result[at]!, alpha);
  }
  return { ...pixels, data: result };
}
