import type { ImageSize } from '../preprocessing/plan-geometry.js';
import { exifOrientation, type StoredOrientation } from './exif-orientation.js';
import { littleEndian, textAt } from './header-numbers.js';
import type { ImageHeader } from './image-header.js';

const FIRST_CHUNK = 12;

/** The size that a chunk tells, of lossy, of lossless or of extended files. */
function sizeIn(bytes: Uint8Array, name: string, at: number): ImageSize | undefined {
  if (name === 'VP8X')
    return {
      width: littleEndian(bytes, at + 4, 3) + 1,
      height: littleEndian(bytes, at + 7, 3) + 1,
    };
  if (name === 'VP8 ')
    return {
      width: littleEndian(bytes, at + 6, 2) & 0x3fff,
      height: littleEndian(bytes, at + 8, 2) & 0x3fff,
    };
  if (name !== 'VP8L') return undefined;
  const both = littleEndian(bytes, at + 1, 4);
  return { width: (both & 0x3fff) + 1, height: ((both >>> 14) & 0x3fff) + 1 };
}

/** Size and orientation of a WebP file. */
export function webpHeader(bytes: Uint8Array): ImageHeader | undefined {
  let size: ImageSize | undefined;
  let orientation: StoredOrientation | undefined;
  for (let at = FIRST_CHUNK; at + 8 <= bytes.length;) {
    const name = textAt(bytes, at, 4);
    const length = littleEndian(bytes, at + 4, 4);
    size ??= sizeIn(bytes, name, at + 8);
    if (name === 'EXIF') orientation ??= exifOrientation(bytes, at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  return size && { ...size, orientation };
}
