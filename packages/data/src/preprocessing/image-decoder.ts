import type { Pixels } from './pixels.js';

/** An image library, as it is handed in. It decodes, and nothing else: sizes are `fitPixels`' matter, so that the same file
 * gives the same input wherever it is decoded. */
export interface ImageDecoder {
  /** All pixels of an image file: upright, as its orientation says, with the numbers that the file holds (no colour profile
   * is applied). Alpha may be left out, over white. An image too large for memory is refused before it is decoded. */
  readonly decode: (bytes: Uint8Array) => Promise<Pixels>;
}
