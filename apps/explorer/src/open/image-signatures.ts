/** How image files begin, as Latin-1 characters; `?` stands for any. Browsers read the first group. */
const READ = [
  '\xff\xd8\xff',
  '\x89PNG\r\n\x1a\n',
  'RIFF????WEBP',
  'GIF8',
  'BM',
  '????ftypavif',
  '????ftypavis',
];

/** Images that a browser may not read. */
const OTHER = [
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1'].map((brand) => `????ftyp${brand}`),
  ...['II*\0', 'MM\0*', '\xff\x0a', '\0\0\0\x0cJXL ', '\0\0\0\x0cjP  ', '8BPS'],
];

const IMAGE_NAME =
  /\.(jpe?g|jpe|jfif|png|webp|gif|bmp|dib|avif|hei[cf]|hif|tiff?|jxl|jp2|j2k|psd|svg|ico|dng|cr2|nef|arw|tga|p[bgpn]m)$/i;

const fits = (head: Uint8Array, signature: string): boolean =>
  head.length >= signature.length &&
  Array.from(
    signature,
    (character, at) => character === '?' || character.charCodeAt(0) === head[at],
  ).every(Boolean);

/** Whether a file begins as an image does. `BM` alone tells little, so that a bitmap needs its length too. */
export function isImage(head: Uint8Array, size: number): boolean {
  if (head[0] === 0x42 && head[1] === 0x4d) {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    return (
      head.length >= 18 && (view.getUint32(2, true) === size || view.getUint32(14, true) === 40)
    );
  }
  return [...READ, ...OTHER].some((signature) => fits(head, signature));
}

/** Whether a file's name says that it is an image, read or not. */
export const isNamedImage = (path: string): boolean => IMAGE_NAME.test(path);
