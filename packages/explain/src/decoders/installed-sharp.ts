import { PatternLensError } from '@patternlens/core';
import { importInstalled } from '../backends/import-runtime.js';
import { lazyDecoder } from './lazy-decoder.js';
import { sharpDecoder } from './sharp-decoder.js';

/** Decodes images with sharp as it is installed, which is looked for when the first image is decoded.
 * Decoding throws PatternLensError `backend-unavailable` with the command that installs it. */
export const installedSharp = lazyDecoder(async () => {
  const sharp = await importInstalled('sharp');
  if (sharp !== undefined) return sharpDecoder(sharp);
  throw new PatternLensError(
    'explain',
    'backend-unavailable',
    'images: they are decoded with sharp, which is not installed. Run: npm install sharp (or hand in a decoder)',
  );
});
