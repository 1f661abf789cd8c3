import { hasAlpha, productOf255 } from '../resize/premultiplied.js';
import type { Pixels } from './pixels.js';

/** An image without alpha: what is transparent shows white, rounded to whole numbers. It needs only colours times opacity,
 * which is what canvases keep, so pages and image libraries come to the same values. */
export function overWhite(pixels: Pixels): Pixels {
  if (!hasAlpha(pixels)) return pixels;
  const { data, channels, width, height } = pixels;
  const colours = channels === 2 ? 1 : 3;
  const result = new Uint8Array(width * height * colours);
  let to = 0;
  for (let pixel = 0; pixel < data.length; pixel += channels) {
    const alpha = data[pixel + colours]!;
    for (let colour = 0; colour < colours; colour++) {
      const value = data[pixel + colour]!;
      result[to++] = alpha === 255 ? value : 255 - alpha + productOf255(value, alpha);
    }
  }
  return { data: result, width, height, channels: colours };
}
