import type { RendererParts } from '@patternlens/heatmap';
import { PICTURE_PARTS } from '../share/picture-parts.js';
import { packedFile } from './packed-file.js';

/** What draws text and lines, from the page itself. */
export async function loadPictureParts(): Promise<RendererParts> {
  const [wasm, regular, bold] = await Promise.all(
    [PICTURE_PARTS.wasm, PICTURE_PARTS.regular, PICTURE_PARTS.bold].map(packedFile),
  );
  return { wasm: wasm!, fonts: { regular: regular!, bold: bold! } };
}
