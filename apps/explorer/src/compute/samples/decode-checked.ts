import { PatternLensError } from '@patternlens/core';
import { canvasDecoder, type ImageDecoder } from '@patternlens/data';

/** A refusal by its size is told as it is. */
const isTooLarge = (thrown: PatternLensError): boolean => thrown.sentence.includes('of at most');

/** The browser's decoder, which says in plain words what it does not read. */
export const decodeChecked =
  (name: string): ImageDecoder['decode'] =>
  async (bytes) => {
    try {
      return await canvasDecoder.decode(bytes);
    } catch (cause) {
      if (cause instanceof PatternLensError && isTooLarge(cause)) throw cause;
      throw new PatternLensError(
        'explorer',
        'invalid-file',
        `${name} is not an image that this browser reads. Save it as PNG or JPEG.`,
        { file: name },
        cause,
      );
    }
  };
