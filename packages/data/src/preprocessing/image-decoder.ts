import type { Geometry, ImageSize } from './plan-geometry.js';
import type { Pixels } from './pixels.js';

/** An image library, as it is handed in. `planGeometry` tells it what to scale to and what to cut. */
export interface ImageDecoder {
  /** Decodes an image file (sRGB, upright), resized and cropped as asked. */
  readonly decode: (bytes: Uint8Array, geometry: Geometry) => Promise<Pixels>;
  /** Scales pixels to exactly this size; needed only for arrays of pixels with a `resize` in their preprocessing. */
  readonly resizePixels?: (pixels: Pixels, size: ImageSize) => Promise<Pixels>;
}
