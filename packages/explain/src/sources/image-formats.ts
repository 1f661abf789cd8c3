import { PatternLensError } from '@patternlens/core';

/** A format of images, read or not. */
interface ImageFormat {
  readonly name: string;
  /** Endings of its files' names. */
  readonly endings: readonly string[];
  /** How its files begin, as Latin-1 characters; `?` stands for any. */
  readonly begins?: readonly string[];
  /** What to do with files of a format that is not read; absent where it is. */
  readonly remedy?: string;
}

const CONVERT = 'Save it as PNG or JPEG with an image program.';
const ARRAY = 'Save its values as an array (.npy).';

const brands = (...names: readonly string[]): string[] => names.map((name) => `????ftyp${name}`);

const FORMATS: readonly ImageFormat[] = [
  { name: 'JPEG', endings: ['.jpg', '.jpeg', '.jpe', '.jfif'], begins: ['\xff\xd8\xff'] },
  { name: 'PNG', endings: ['.png'], begins: ['\x89PNG'] },
  { name: 'WebP', endings: ['.webp'], begins: ['RIFF????WEBP'] },
  { name: 'GIF', endings: ['.gif'], begins: ['GIF8'] },
  { name: 'TIFF', endings: ['.tif', '.tiff'], begins: ['II*\0', 'MM\0*'] },
  { name: 'AVIF', endings: ['.avif'], begins: brands('avif', 'avis') },
  { name: 'BMP', endings: ['.bmp', '.dib'], begins: ['BM'] },
  {
    name: 'HEIC',
    endings: ['.heic', '.heif', '.hif'],
    begins: brands('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'),
    remedy: 'Save it as JPEG: phones export photos so ("most compatible"), and image programs do.',
  },
  {
    name: 'JPEG XL',
    endings: ['.jxl'],
    begins: ['\xff\x0a', '\0\0\0\x0cJXL '],
    remedy: CONVERT,
  },
  {
    name: 'JPEG 2000',
    endings: ['.jp2', '.j2k', '.jpf', '.jpx', '.j2c'],
    begins: ['\0\0\0\x0cjP  '],
    remedy: CONVERT,
  },
  {
    name: 'SVG',
    endings: ['.svg', '.svgz'],
    begins: ['<svg'],
    remedy: 'It is a drawing without pixels: export it as PNG.',
  },
  { name: 'Photoshop', endings: ['.psd', '.psb'], begins: ['8BPS'], remedy: CONVERT },
  {
    name: 'camera raw',
    endings: ['.dng', '.cr2', '.cr3', '.nef', '.arw', '.orf', '.rw2', '.raf'],
    begins: ['FUJIFILMCCD-RAW'],
    remedy: 'Develop it and save it as PNG or JPEG.',
  },
  {
    name: 'icon',
    endings: ['.ico', '.cur'],
    begins: ['\0\0\x01\0', '\0\0\x02\0'],
    remedy: CONVERT,
  },
  {
    name: 'Netpbm',
    endings: ['.pbm', '.pgm', '.ppm', '.pnm', '.pam'],
    begins: ['1', '2', '3', '4', '5', '6', '7'].flatMap((kind) => [`P${kind}\n`, `P${kind} `]),
    remedy: CONVERT,
  },
  { name: 'Targa', endings: ['.tga'], remedy: CONVERT },
  { name: 'OpenEXR', endings: ['.exr'], begins: ['v/1\x01'], remedy: ARRAY },
  { name: 'Radiance', endings: ['.hdr'], begins: ['#?RADIANCE'], remedy: ARRAY },
  { name: 'DICOM', endings: ['.dcm'], begins: [`${'?'.repeat(128)}DICM`], remedy: ARRAY },
  { name: 'NIfTI', endings: ['.nii', '.nii.gz'], remedy: ARRAY },
  { name: 'PDF', endings: ['.pdf'], begins: ['%PDF'], remedy: 'Save its pages as PNG.' },
  {
    name: 'video',
    endings: ['.mp4', '.m4v', '.mov', '.avi', '.webm', '.mkv'],
    begins: ['RIFF????AVI ', ...brands('isom', 'mp4', 'qt', 'M4V')],
    remedy: 'Save its frames as images.',
  },
];

/** The formats that are read, for sentences. */
export const READ_FORMATS = FORMATS.filter(({ remedy }) => remedy === undefined)
  .map(({ name }) => name)
  .join(', ');

/** What is known of a file that may be an image. */
export interface KnownFormat {
  readonly name: string;
  /** Undefined where the format is read. */
  readonly remedy: string | undefined;
}

const asKnown = (format: ImageFormat | undefined): KnownFormat | undefined =>
  format && { name: format.name, remedy: format.remedy };

/** The format that a file's name ends in. */
export const formatByName = (path: string): KnownFormat | undefined =>
  asKnown(
    FORMATS.find(({ endings }) => endings.some((ending) => path.toLowerCase().endsWith(ending))),
  );

/** Bytes that tell a format. */
export const HEAD = 160;

/** The format that a file begins as, whatever its name. */
export function formatByBytes(head: Uint8Array): KnownFormat | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD));
  const fits = (signature: string): boolean =>
    text.length >= signature.length &&
    Array.from(signature).every((character, at) => character === '?' || character === text[at]);
  return asKnown(FORMATS.find(({ begins = [] }) => begins.some(fits)));
}

/** A format that is not read, with what to do about it. */
export const notRead = (file: string, name: string, remedy: string): PatternLensError =>
  new PatternLensError(
    'explain',
    'invalid-file',
    `"${file}": expected an image that is read (${READ_FORMATS}), got ${name}. ${remedy}`,
    { file },
  );
