import { fileError } from '../errors/data-error.js';
import type { Pixels } from '../preprocessing/pixels.js';
import { readBmpHeader, type BmpHeader, type ColourMasks } from './bmp-header.js';

/** Writes the pixel of a column, whose row begins at a place, to a place of the result. */
type PixelWriter = (row: number, column: number, to: number) => void;

/** Decodes a BMP file without compression, of 1, 4, 8, 16, 24 or 32 bits a pixel: grey where its palette is, with transparency
 * where the file says which bits it is.
 * @throws PatternLensError `invalid-file` for a file that is cut off, damaged or compressed. */
export function decodeBmp(bytes: Uint8Array, file = 'image'): Pixels {
  const header = readBmpHeader(bytes, file);
  const { width, height, bitsPerPixel, pixelsAt, isTopDown } = header;
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  if (pixelsAt + stride * height > bytes.length)
    throw fileError(
      file,
      `${stride * height} bytes of pixels`,
      `${Math.max(0, bytes.length - pixelsAt)}`,
      'Copy or download it again.',
    );
  const channels = channelsOf(header);
  const data = new Uint8Array(width * height * channels);
  const write = writerOf(bytes, header, data, file);
  for (let row = 0; row < height; row++) {
    const from = pixelsAt + (isTopDown ? row : height - 1 - row) * stride;
    for (let column = 0; column < width; column++)
      write(from, column, (row * width + column) * channels);
  }
  return opaqueWhereEmpty({ data, width, height, channels });
}

function channelsOf({ bitsPerPixel, palette, masks }: BmpHeader): Pixels['channels'] {
  if (bitsPerPixel <= 8) return palette.every(([r, g, b]) => r === g && g === b) ? 1 : 3;
  return bitsPerPixel !== 24 && masks.alpha !== 0 ? 4 : 3;
}

function writerOf(
  bytes: Uint8Array,
  header: BmpHeader,
  data: Uint8Array,
  file: string,
): PixelWriter {
  const { bitsPerPixel: bits, masks } = header;
  if (bits <= 8) return paletteWriter(bytes, header, data, file);
  if (bits === 24)
    return (row, column, to) => {
      for (let colour = 0; colour < 3; colour++)
        data[to + colour] = bytes[row + column * 3 + 2 - colour]!;
    };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (at: number): number =>
    bits === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
  const colours = colourReaders(masks);
  return (row, column, to) => {
    const pixel = read(row + (column * bits) / 8);
    for (const [colour, of] of colours.entries()) data[to + colour] = of(pixel);
  };
}

function paletteWriter(
  bytes: Uint8Array,
  { bitsPerPixel: bits, palette, width, height }: BmpHeader,
  data: Uint8Array,
  file: string,
): PixelWriter {
  const channels = data.length / (width * height);
  const largest = 2 ** bits - 1;
  return (row, column, to) => {
    const bit = column * bits;
    // The leftmost pixel of a byte is in its highest bits.
    const index = (bytes[row + (bit >> 3)]! >> (8 - bits - (bit & 7))) & largest;
    const colour = palette[index];
    if (!colour)
      throw fileError(
        file,
        `indices into ${palette.length} colours`,
        String(index),
        'Copy or download it again.',
      );
    for (let channel = 0; channel < channels; channel++) data[to + channel] = colour[channel]!;
  };
}

/** Red, green, blue and, where there is one, alpha of a pixel, from 0 to 255. */
function colourReaders({ red, green, blue, alpha }: ColourMasks): ((pixel: number) => number)[] {
  return [red, green, blue, ...(alpha === 0 ? [] : [alpha])].map((mask) => {
    if (mask === 0) return () => 0;
    const shift = 31 - Math.clz32(mask & -mask);
    const largest = mask >>> shift;
    return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / largest);
  });
}

/** Many programs write an alpha of 0 everywhere and mean an image that is opaque. */
function opaqueWhereEmpty(pixels: Pixels): Pixels {
  const { data, channels } = pixels;
  if (channels !== 4) return pixels;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) return pixels;
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return pixels;
}
