import { fileError } from '../errors/data-error.js';
import { checkImageSize } from '../images/image-limit.js';

/** Which bits of a pixel are which colour; 0 for none. */
export interface ColourMasks {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** What stands before the pixels of a BMP file. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Rows run from top to bottom; otherwise from bottom to top. */
  readonly isTopDown: boolean;
  readonly bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32;
  /** Where the first row begins. */
  readonly pixelsAt: number;
  /** Red, green and blue of each index, for at most 8 bits a pixel. */
  readonly palette: readonly (readonly [red: number, green: number, blue: number])[];
  /** For 16 and 32 bits a pixel. */
  readonly masks: ColourMasks;
}

const FILE_HEADER = 14;
/** The header of OS/2 1, with sizes of 16 bits and colours of three bytes. */
const CORE = 12;
const INFO = 40;

const BITS: readonly number[] = [1, 4, 8, 16, 24, 32];
const COMPRESSED: Readonly<Record<number, string>> = {
  1: 'run lengths (RLE8)',
  2: 'run lengths (RLE4)',
  4: 'JPEG inside',
  5: 'PNG inside',
};
const BITFIELDS: readonly number[] = [3, 6];

const FIVE_BITS: ColourMasks = { red: 0x7c00, green: 0x3e0, blue: 0x1f, alpha: 0 };
const EIGHT_BITS: ColourMasks = { red: 0xff0000, green: 0xff00, blue: 0xff, alpha: 0 };

const REMEDY = 'Save it as PNG.';
const DAMAGED = 'Copy or download it again.';

const unsupported = (file: string, what: string): never => {
  throw fileError(file, 'a BMP image without compression', what, REMEDY);
};

const damaged = (file: string, what: string): never => {
  throw fileError(file, 'a whole BMP image', what, DAMAGED);
};

/** Whether a file begins as a BMP image does. */
export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

/** Reads the header of a BMP file: of Windows 2 to 5 and of OS/2, without compression, of 1, 4, 8, 16, 24 or 32 bits a pixel.
 * @throws PatternLensError `invalid-file`. */
export function readBmpHeader(bytes: Uint8Array, file: string): BmpHeader {
  if (bytes.length < FILE_HEADER + CORE) damaged(file, `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(FILE_HEADER, true);
  const isCore = size === CORE;
  if (!isCore && size < INFO) unsupported(file, `a header of ${size} bytes`);
  if (bytes.length < FILE_HEADER + size) damaged(file, `${bytes.length} bytes`);
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const rows = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? 0 : view.getUint32(30, true);
  const height = Math.abs(rows);
  if (width < 1 || height < 1) damaged(file, `${width} x ${height} pixels`);
  checkImageSize({ width, height }, file);
  if (!BITS.includes(bits)) unsupported(file, `${bits} bits a pixel`);
  const hasMasks = BITFIELDS.includes(compression);
  if (compression !== 0 && !(hasMasks && (bits === 16 || bits === 32)))
    unsupported(file, COMPRESSED[compression] ?? `compression ${compression} of ${bits} bits`);
  const masksLength = hasMasks && size === INFO ? (compression === 6 ? 16 : 12) : 0;
  const paletteAt = FILE_HEADER + size + masksLength;
  if (bytes.length < paletteAt) damaged(file, `${bytes.length} bytes`);
  return {
    width,
    height,
    isTopDown: rows < 0,
    bitsPerPixel: bits as BmpHeader['bitsPerPixel'],
    pixelsAt: view.getUint32(10, true),
    palette: bits > 8 ? [] : readPalette(view, paletteAt, bits, isCore, file),
    masks: hasMasks
      ? readMasks(view, size >= 56 || compression === 6)
      : bits === 16
        ? FIVE_BITS
        : EIGHT_BITS,
  };
}

const readMasks = (view: DataView, hasAlpha: boolean): ColourMasks => ({
  red: view.getUint32(54, true),
  green: view.getUint32(58, true),
  blue: view.getUint32(62, true),
  alpha: hasAlpha ? view.getUint32(66, true) : 0,
});

function readPalette(
  view: DataView,
  from: number,
  bits: number,
  isCore: boolean,
  file: string,
): BmpHeader['palette'] {
  const used = isCore ? 0 : view.getUint32(46, true);
  const count = used === 0 ? 2 ** bits : Math.min(used, 2 ** bits);
  const each = isCore ? 3 : 4;
  if (view.byteLength < from + count * each) damaged(file, 'a palette that is cut off');
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * each;
    return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)] as const;
  });
}
