import { exifOrientation } from './exif-orientation.js';
import { bigEndian, textAt } from './header-numbers.js';
import type { ImageHeader } from './image-header.js';

const SIGNATURE = 8;
/** Length, name and checksum of a chunk. */
const FRAME = 12;

/** Size and orientation of a PNG file. The orientation may stand behind the pixels. */
export function pngHeader(bytes: Uint8Array): ImageHeader | undefined {
  if (textAt(bytes, SIGNATURE + 4, 4) !== 'IHDR') return undefined;
  const size = {
    width: bigEndian(bytes, SIGNATURE + 8, 4),
    height: bigEndian(bytes, SIGNATURE + 12, 4),
  };
  for (let at = SIGNATURE; at + FRAME <= bytes.length;) {
    const end = at + FRAME + bigEndian(bytes, at, 4);
    if (textAt(bytes, at + 4, 4) === 'eXIf') {
      const orientation = exifOrientation(bytes, at + 8, end - 4);
      return orientation ? { ...size, orientation, chunk: [at, end] } : size;
    }
    at = end;
  }
  return size;
}
