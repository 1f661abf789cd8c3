import { checkImageSize } from './image-limit.js';
import { readImageHeader } from './read-image-header.js';
import { withoutOrientation } from './without-orientation.js';

const text = (value: string): number[] => Array.from(value, (letter) => letter.charCodeAt(0));
const big = (value: number, length: number): number[] =>
  Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);
const little = (value: number, length: number): number[] => big(value, length).reverse();

/** EXIF data of one other tag and the orientation. */
const exif = (orientation: number, isLittle = true): number[] => {
  const number = isLittle ? little : big;
  return [
    ...text(isLittle ? 'II' : 'MM'),
    ...number(42, 2),
    ...number(8, 4),
    ...number(2, 2),
    ...[...number(0x10f, 2), ...number(2, 2), ...number(1, 4), ...number(0, 4)],
    ...[...number(0x112, 2), ...number(3, 2), ...number(1, 4), ...number(orientation, 2), 0, 0],
  ];
};

const segment = (marker: number, ...values: number[]): number[] => [
  0xff,
  marker,
  ...big(values.length + 2, 2),
  ...values,
];
const jpeg = (...before: number[]): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, ...text('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 0, 0),
    ...before,
    // A table between, and a byte that only fills room.
    ...segment(0xc4, 0, 1, 2),
    0xff,
    ...segment(0xc2, 8, ...big(300, 2), ...big(400, 2), 3),
    ...segment(0xda, 1, 2, 3),
    ...[0xff, 0xc0, 0, 0, 0, 0, 9, 0, 9],
  ]);

const chunk = (name: string, ...values: number[]): number[] => [
  ...big(values.length, 4),
  ...text(name),
  ...values,
  ...big(0, 4),
];
const png = (width: number, height: number, ...more: number[]): Uint8Array =>
  Uint8Array.from([
    ...text('\x89PNG\r\n\x1a\n'),
    ...chunk('IHDR', ...big(width, 4), ...big(height, 4), 8, 2, 0, 0, 0),
    ...more,
    ...chunk('IEND'),
  ]);

const part = (name: string, ...values: number[]): number[] => [
  ...text(name),
  ...little(values.length, 4),
  ...values,
  ...(values.length % 2 ? [0] : []),
];
const webp = (...parts: number[]): Uint8Array =>
  Uint8Array.from([...text('RIFF'), ...little(4 + parts.length, 4), ...text('WEBP'), ...parts]);

const size = (width: number, height: number) =>
  expect.objectContaining({ width, height }) as object;

test('JPEG: the first frame, whatever stands before it', () => {
  expect(readImageHeader(jpeg())).toEqual({ width: 400, height: 300, orientation: undefined });
  const other = segment(0xe1, ...text('http://ns.adobe.com/xap/1.0/\0'));
  for (const isLittle of [true, false]) {
    const turned = segment(0xe1, ...text('Exif\0\0'), ...exif(6, isLittle));
    expect(readImageHeader(jpeg(...other, ...turned))).toMatchObject({
      width: 400,
      height: 300,
      orientation: { value: 6, littleEndian: isLittle },
    });
  }
});

test('PNG: the orientation may stand anywhere', () => {
  const pixels = chunk('IDAT', 1, 2, 3);
  expect(readImageHeader(png(30000, 20000, ...pixels))).toEqual({ width: 30000, height: 20000 });
  expect(readImageHeader(png(3, 2, ...pixels, ...chunk('eXIf', ...exif(8, false))))).toMatchObject({
    width: 3,
    height: 2,
    orientation: { value: 8 },
  });
});

test('WebP: lossy, lossless and extended', () => {
  const lossy = part('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, ...little(400, 2), ...little(300, 2));
  const lossless = part('VP8L', 0x2f, ...little((300 - 1) * 2 ** 14 + 400 - 1, 4));
  expect(readImageHeader(webp(...lossy))).toEqual(size(400, 300));
  expect(readImageHeader(webp(...lossless))).toEqual(size(400, 300));
  const extended = part('VP8X', 8, 0, 0, 0, ...little(399, 3), ...little(299, 3));
  for (const name of ['', 'Exif\0\0']) {
    const turned = part('EXIF', ...text(name), ...exif(3));
    expect(
      readImageHeader(webp(...extended, ...part('ICCP', 1), ...lossy, ...turned)),
    ).toMatchObject({ width: 400, height: 300, orientation: { value: 3 } });
  }
});

test('GIF, BMP and AVIF', () => {
  expect(
    readImageHeader(Uint8Array.from([...text('GIF89a'), ...little(400, 2), ...little(300, 2)])),
  ).toEqual(size(400, 300));
  const bmp = (header: number, ...sizes: number[]): Uint8Array =>
    Uint8Array.from([...text('BM'), ...Array<number>(12).fill(0), ...little(header, 4), ...sizes]);
  expect(readImageHeader(bmp(12, ...little(400, 2), ...little(300, 2)))).toEqual(size(400, 300));
  const upsideDown = little(2 ** 32 - 300, 4);
  expect(readImageHeader(bmp(40, ...little(400, 4), ...upsideDown))).toEqual(size(400, 300));
  const ispe = (width: number, height: number): number[] => [
    ...big(20, 4),
    ...text('ispe'),
    ...big(0, 4),
    ...big(width, 4),
    ...big(height, 4),
  ];
  const avif = [...big(20, 4), ...text('ftypavif'), ...big(0, 8), ...ispe(512, 512)];
  expect(readImageHeader(Uint8Array.from([...avif, ...ispe(1500, 900)]))).toEqual(size(1500, 900));
});

test('a copy that says nothing of its orientation', () => {
  const files = [
    jpeg(...segment(0xe1, ...text('Exif\0\0'), ...exif(5))),
    png(3, 2, ...chunk('eXIf', ...exif(5, false))),
    webp(...part('VP8X', 8, 0, 0, 0, 9, 0, 0, 9, 0, 0), ...part('EXIF', ...exif(5))),
  ];
  for (const bytes of files) {
    const before = Uint8Array.from(bytes);
    const header = readImageHeader(bytes)!;
    expect(header.orientation?.value).toBe(5);
    const upright = readImageHeader(withoutOrientation(bytes, header))!;
    expect(upright.orientation?.value ?? 1).toBe(1);
    expect(upright).toEqual(size(header.width, header.height));
    expect(bytes).toEqual(before);
  }
});

test('what is cut off, damaged or something else tells nothing, or what is whole', () => {
  const turned = jpeg(...segment(0xe1, ...text('Exif\0\0'), ...exif(6)));
  for (let end = 0; end < turned.length; end++) {
    const header = readImageHeader(turned.subarray(0, end));
    if (header) expect(header.orientation?.value ?? 1).not.toBe(0);
  }
  expect(readImageHeader(turned.subarray(0, 30))).toBeUndefined();
  expect(readImageHeader(Uint8Array.from(text('\xff\xd8\xff\xe0\0\0no')))).toBeUndefined();
  expect(readImageHeader(Uint8Array.from(text('%PDF-1.7')))).toBeUndefined();
  // An orientation that there is not.
  const wrong = jpeg(...segment(0xe1, ...text('Exif\0\0'), ...exif(9)));
  expect(readImageHeader(wrong)).toEqual({ width: 400, height: 300, orientation: undefined });
});

test('an image beyond memory is refused by its size', () => {
  expect(() => {
    checkImageSize({ width: 16384, height: 16384 });
  }).not.toThrow();
  expect(() => {
    checkImageSize({ width: 30000, height: 30000 }, 'big.png');
  }).toThrow(
    expect.objectContaining({
      code: 'invalid-file',
      subject: { file: 'big.png' },
      message: expect.stringContaining(
        '"big.png": expected an image of at most 268435456 pixels (16384 x 16384), got 30000 x 30000.',
      ) as string,
    }) as Error,
  );
});
