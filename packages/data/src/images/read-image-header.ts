import type { ImageSize } from '../preprocessing/plan-geometry.js';
import { bigEndian, littleEndian, textAt } from './header-numbers.js';
import type { ImageHeader } from './image-header.js';
import { jpegHeader } from './jpeg-header.js';
import { pngHeader } from './png-header.js';
import { webpHeader } from './webp-header.js';

/** Reads what a JPEG, PNG, WebP, GIF, BMP or AVIF file tells of its image before it is decoded; undefined for other files, and
 * for those that are damaged there, which is for their decoder to say. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  if (textAt(bytes, 0, 3) === '\xff\xd8\xff') return jpegHeader(bytes);
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return pngHeader(bytes);
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return webpHeader(bytes);
  if (textAt(bytes, 0, 4) === 'GIF8')
    return { width: littleEndian(bytes, 6, 2), height: littleEndian(bytes, 8, 2) };
  if (textAt(bytes, 0, 2) === 'BM') return bmpSize(bytes);
  if (textAt(bytes, 4, 7) === 'ftypavi') return avifSize(bytes);
  return undefined;
}

function bmpSize(bytes: Uint8Array): ImageSize {
  // The header of OS/2 has sizes of two bytes; in others the height is negative where rows run from top to bottom.
  if (littleEndian(bytes, 14, 4) === 12)
    return { width: littleEndian(bytes, 18, 2), height: littleEndian(bytes, 20, 2) };
  return { width: littleEndian(bytes, 18, 4), height: Math.abs(littleEndian(bytes, 22, 4) | 0) };
}

/** Boxes that describe an AVIF file stand within this. */
const DESCRIPTION = 1 << 16;

/** The largest of the sizes in the description: an image may be put together of tiles, which have sizes too. */
function avifSize(bytes: Uint8Array): ImageSize | undefined {
  const description = latin1(bytes.subarray(0, DESCRIPTION));
  let largest: ImageSize | undefined;
  for (let at = description.indexOf('ispe'); at >= 0; at = description.indexOf('ispe', at + 4)) {
    const size = { width: bigEndian(bytes, at + 8, 4), height: bigEndian(bytes, at + 12, 4) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

const latin1 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
