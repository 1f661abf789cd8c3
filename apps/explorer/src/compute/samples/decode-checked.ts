import { PatternLensError } from '@patternlens/core';
import type { ImageDecoder } from '@patternlens/data';
import { imageSize } from './image-size.js';

/** Pixels of an image that are decoded at most, as the command has it: 268 million. */
const MOST_PIXELS = 2 ** 28;

const refused = (name: string, sentence: string, cause?: unknown): PatternLensError =>
  new PatternLensError('explorer', 'invalid-file', `${name} ${sentence}`, { file: name }, cause);

/** A decoder that refuses what is too large before it is decoded, and says in plain words what the browser does not read. */
export const decodeChecked =
  (name: string, decode: ImageDecoder['decode']): ImageDecoder['decode'] =>
  async (bytes, geometry) => {
    const size = imageSize(bytes);
    if (size && size.width * size.height > MOST_PIXELS)
      throw refused(
        name,
        `has ${size.width} x ${size.height} pixels, and at most 268 million are read. Save it smaller.`,
      );
    try {
      return await decode(bytes, geometry);
    } catch (cause) {
      if (cause instanceof PatternLensError && cause.code !== 'invalid-file') throw cause;
      throw refused(
        name,
        'is not an image that this browser reads. Save it as PNG or JPEG.',
        cause,
      );
    }
  };
