import { argumentError } from '../errors/data-error.js';

/** A decoded image: rows from top to bottom, the channels of a pixel side by side, 0 to 255. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** 1 gray, 2 gray and alpha, 3 red, green, blue, 4 red, green, blue and alpha. Alpha is not premultiplied. */
  readonly channels: 1 | 2 | 3 | 4;
}

/** Where the channels of an image stand in a tensor: [channels, height, width] or [height, width, channels]. */
export type ImageLayout = 'channels-first' | 'channels-last';

/** Checks that an image's data fills it.
 * @throws PatternLensError `invalid-argument`. */
export function checkPixels({ data, width, height, channels }: Pixels, file?: string): void {
  const whole = [width, height].every((side) => Number.isInteger(side) && side > 0);
  if (whole && [1, 2, 3, 4].includes(channels) && data.length === width * height * channels) return;
  throw argumentError(
    file === undefined ? 'image' : `"${file}"`,
    `${width} x ${height} pixels of ${channels} channels`,
    `${data.length} values`,
    file,
  );
}
