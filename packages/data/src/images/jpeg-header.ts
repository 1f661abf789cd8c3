import { exifOrientation, type StoredOrientation } from './exif-orientation.js';
import { bigEndian, textAt } from './header-numbers.js';
import type { ImageHeader } from './image-header.js';

/** Markers from C0 to CF begin a frame, but for tables and a reserved one. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const APPLICATION_1 = 0xe1;
const SCAN = 0xda;

/** Size and orientation of a JPEG file, from the segments before its first scan. */
export function jpegHeader(bytes: Uint8Array): ImageHeader | undefined {
  let orientation: StoredOrientation | undefined;
  let size: { width: number; height: number } | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      // Bytes that only fill the room before a marker.
      at++;
      continue;
    }
    if (marker === SCAN) break;
    const length = bigEndian(bytes, at + 2, 2);
    const end = at + 2 + length;
    if (marker === APPLICATION_1 && textAt(bytes, at + 4, 6) === 'Exif\0\0')
      orientation ??= exifOrientation(bytes, at + 4, end);
    if (isFrame(marker))
      size = { height: bigEndian(bytes, at + 5, 2), width: bigEndian(bytes, at + 7, 2) };
    at = end;
  }
  return size && { ...size, orientation };
}
