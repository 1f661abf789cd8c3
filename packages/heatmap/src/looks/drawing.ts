import type { TensorData } from '@patternlens/core';
import type { Geometry } from '../maps/geometry.js';
import type { Scale } from '../maps/scale.js';
import type { Picture } from '../pictures/picture.js';
import { resizePicture, type Resampling } from '../pictures/resample.js';

/** What a drawing is, and so which legend it needs. */
export type DrawingKind = 'heat' | 'overlay' | 'signal' | 'input';

/** A map or an input that can be painted at any size. */
export interface Drawing {
  readonly kind: DrawingKind;
  /** Its own size, before any enlarging. */
  readonly width: number;
  readonly height: number;
  readonly strip: boolean;
  /** Of a volume: how many slices it shows. */
  readonly slices?: number;
  /** Undefined for an input, which is not measured against zero. */
  readonly scale?: Scale;
  /** The values of an input that is seen best as a line. */
  readonly line?: TensorData;
  readonly paint: (width: number, height: number) => Picture;
}

/** The drawing of a picture that exists at its own size. */
export function pictureDrawing(
  geometry: Geometry,
  picture: Picture,
  rest: Pick<Drawing, 'kind' | 'scale' | 'line'>,
): Drawing {
  return {
    ...nativeSize(geometry),
    ...rest,
    paint: (width, height) => {
      const how = resamplingFor(geometry, width);
      return resizePicture(picture, width, height, how === 'peaks' ? 'smooth' : how);
    },
  };
}

/** A drawing's own size. */
export type Native = Pick<Drawing, 'width' | 'height' | 'strip'>;

export const nativeSize = ({ width, height, strip }: Geometry): Native => ({
  width,
  height,
  strip,
});

/** From this size on an image is enlarged smoothly; below it, every pixel matters. */
export const SMOOTH_FROM = 64;

/** How a map comes to another width. Single points must not vanish where a long signal is shrunk. */
export function resamplingFor({ width, height, strip }: Native, toWidth: number): Resampling {
  if (strip) return toWidth < width ? 'peaks' : 'nearest';
  return toWidth > width && Math.max(width, height) < SMOOTH_FROM ? 'nearest' : 'smooth';
}
