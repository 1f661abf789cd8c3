import { decodeBmp } from './decode-bmp.js';

interface Parts {
  readonly width: number;
  /** Negative for rows from top to bottom. */
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** Blue, green, red and 0 of each colour. */
  readonly palette?: readonly number[];
  readonly masks?: readonly number[];
  readonly headerSize?: number;
  readonly pixels: readonly number[];
}

const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** A BMP file, byte by byte. */
function bmp(parts: Parts): Uint8Array {
  const { width, height, bits, compression = 0, palette = [], masks = [], pixels } = parts;
  const { headerSize = 40 } = parts;
  const colours = headerSize === 12 ? 0 : palette.length / 4;
  const sizes =
    headerSize === 12 ? [...u16(width), ...u16(height)] : [...u32(width), ...u32(height)];
  const short = [...u32(headerSize), ...sizes, ...u16(1), ...u16(bits)];
  const rest = [...u32(compression), ...u32(0), ...u32(0), ...u32(0), ...u32(colours), ...u32(0)];
  const info = headerSize === 12 ? short : [...short, ...rest];
  const fields = masks.flatMap(u32);
  const header = [...info, ...fields];
  while (header.length < headerSize) header.push(0);
  const offset = 14 + header.length + palette.length;
  const size = offset + pixels.length;
  return Uint8Array.from([
    ...[0x42, 0x4d],
    ...u32(size),
    ...u32(0),
    ...u32(offset),
    ...header,
    ...palette,
    ...pixels,
  ]);
}

const decoded = (parts: Parts): [number, number[]] => {
  const { data, channels, width, height } = decodeBmp(bmp(parts));
  expect([width, height]).toEqual([parts.width, Math.abs(parts.height)]);
  return [channels, [...data]];
};

const RED_BLUE = [...[0, 0, 255, 0], ...[255, 0, 0, 0]];

test('1 bit: the leftmost pixel is the highest bit; rows from bottom to top, of whole words', () => {
  const pixels = [...[0b10100000, 0, 0, 0], ...[0b01000000, 0, 0, 0]];
  const parts = { width: 3, height: 2, bits: 1, palette: RED_BLUE, pixels };
  const [red, blue] = [
    [255, 0, 0],
    [0, 0, 255],
  ];
  expect(decoded(parts)).toEqual([3, [red, blue, red, blue, red, blue].flat()]);
  expect(decoded({ ...parts, height: -2 })).toEqual([3, [blue, red, blue, red, blue, red].flat()]);
});

test('4 and 8 bits: a grey palette gives grey', () => {
  const greys = (count: number, step: number): number[] =>
    Array.from({ length: count }, (_, at) => [at * step, at * step, at * step, 0]).flat();
  expect(
    decoded({ width: 3, height: 1, bits: 4, palette: greys(16, 17), pixels: [0x1f, 0x80, 0, 0] }),
  ).toEqual([1, [17, 255, 136]]);
  expect(
    decoded({ width: 2, height: 1, bits: 8, palette: greys(256, 1), pixels: [200, 7, 0, 0] }),
  ).toEqual([1, [200, 7]]);
  // A palette may have fewer colours than there are indices.
  const few = { width: 1, height: 1, bits: 8, palette: RED_BLUE };
  expect(decoded({ ...few, pixels: [1, 0, 0, 0] })).toEqual([3, [0, 0, 255]]);
  expect(() => decodeBmp(bmp({ ...few, pixels: [2, 0, 0, 0] }))).toThrow(
    'indices into 2 colours, got 2',
  );
});

test('16 bits: five of each colour, or as the masks say', () => {
  const parts = { width: 2, height: 1, bits: 16 };
  const white = 0x7fff;
  expect(decoded({ ...parts, pixels: [...u16(0x7c00 | 16), ...u16(white)] })).toEqual([
    3,
    [255, 0, Math.round((16 * 255) / 31), 255, 255, 255],
  ]);
  const masks = [0xf800, 0x7e0, 0x1f];
  const pixels = [...u16((31 << 11) | (32 << 5) | 1), ...u16(0)];
  expect(decoded({ ...parts, compression: 3, masks, pixels })).toEqual([
    3,
    [255, Math.round((32 * 255) / 63), Math.round(255 / 31), 0, 0, 0],
  ]);
});

test('24 and 32 bits: blue first; transparency only where the masks have it', () => {
  expect(decoded({ width: 1, height: 2, bits: 24, pixels: [3, 2, 1, 0, 6, 5, 4, 0] })).toEqual([
    3,
    [4, 5, 6, 1, 2, 3],
  ]);
  const parts = { width: 1, height: 1, bits: 32, pixels: [3, 2, 1, 128] };
  expect(decoded(parts)).toEqual([3, [1, 2, 3]]);
  const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
  const five = { ...parts, compression: 3, masks, headerSize: 124 };
  expect(decoded(five)).toEqual([4, [1, 2, 3, 128]]);
  expect(decoded({ ...five, pixels: [3, 2, 1, 0] })).toEqual([4, [1, 2, 3, 255]]);
  // The same with the masks behind a short header, and in another order.
  const turned = [0xff, 0xff00, 0xff0000, 0xff000000];
  expect(decoded({ ...parts, compression: 6, masks: turned })).toEqual([4, [3, 2, 1, 128]]);
});

test('the header of OS/2, with colours of three bytes', () => {
  const palette = [...[0, 0, 255], ...[0, 255, 0]];
  const parts = { width: 2, height: 1, bits: 1, headerSize: 12, palette };
  expect(decoded({ ...parts, pixels: [0b01000000, 0, 0, 0] })).toEqual([3, [255, 0, 0, 0, 255, 0]]);
});

test('what cannot be read is named', () => {
  const parts = { width: 2, height: 2, bits: 24, pixels: [1, 2, 3, 4, 5, 6, 0, 0] };
  expect(() => decodeBmp(bmp(parts), 'cut.bmp')).toThrow(
    '"cut.bmp": expected 16 bytes of pixels, got 8',
  );
  expect(() => decodeBmp(bmp({ ...parts, bits: 8, compression: 1 }))).toThrow('RLE8');
  expect(() => decodeBmp(bmp({ ...parts, bits: 2 }))).toThrow('2 bits a pixel');
  expect(() => decodeBmp(bmp({ ...parts, width: 0 }))).toThrow('0 x 2 pixels');
  expect(() => decodeBmp(Uint8Array.of(0x42, 0x4d, 0))).toThrow('got 3 bytes');
});
