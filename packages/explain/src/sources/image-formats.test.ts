import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BATCH } from '@patternlens/core/tensor';
import sharp from 'sharp';
import { sharpDecoder } from '../decoders/sharp-decoder.js';
import { diskFile } from '../files/disk-file.js';
import { imagesIn } from '../files/image-folder.js';
import { noPreprocessing } from '../models/preprocessing-choice.js';
import { scratch } from '../testing/scratch.js';
import { formatByBytes, formatByName } from './image-formats.js';
import { openFile } from './open-file.js';

const folder = scratch();
const file = (name: string): string => join(folder, name);
const opened = (name: string) => openFile(diskFile(file(name)), options);
const options = {
  inputShape: [BATCH, 3, 2, 2],
  axes: { batch: 0, channels: 1, spatial: [2, 3], names: ['batch', 'channels', 'rows', 'columns'] },
  preprocessing: noPreprocessing,
  decoder: sharpDecoder(sharp),
};
const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const HEIC = latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
/** Red, green, blue and white, from the lower left. */
const BMP = latin(
  `BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0${'\0'.repeat(24)}\0\0\xff\0\xff\0\0\0\xff\0\0\xff\xff\xff\0\0`,
);

beforeAll(async () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, at) => at * 20);
  const image = sharp(pixels, { raw: { width: 2, height: 2, channels: 3 } });
  await image.clone().png().toFile(file('a.png'));
  await image.clone().png().toFile(file('unnamed'));
  await image.clone().avif({ lossless: true }).toFile(file('c.avif'));
  writeFileSync(file('b.bmp'), BMP);
  writeFileSync(file('phone.HEIC'), HEIC);
  writeFileSync(file('renamed.jpg'), HEIC);
  writeFileSync(file('notes.txt'), 'notes');
});

test.each<[string, string, boolean]>([
  ['photo.JPEG', 'JPEG', true],
  ['photo.bmp', 'BMP', true],
  ['photo.avif', 'AVIF', true],
  ['photo.heif', 'HEIC', false],
  ['photo.jxl', 'JPEG XL', false],
  ['brain.nii.gz', 'NIfTI', false],
])('%s is %s by its name', (path, name, isRead) => {
  const format = formatByName(path);
  expect([format?.name, format?.remedy === undefined]).toEqual([name, isRead]);
});

test('arrays are no images', () => {
  for (const path of ['a.npy', 'a.npy.gz', 'train-images-idx3-ubyte.gz', 'data_batch_1.bin'])
    expect(formatByName(path)).toBeUndefined();
  expect(formatByBytes(latin('\x93NUMPY\x01\0'))).toBeUndefined();
});

test('BMP is read, and an image whose name tells nothing', async () => {
  const bmp = await opened('b.bmp');
  // Blue and white above, red and green below, plane by plane.
  expect([...(await bmp.read(0, 1)).data]).toEqual([
    ...[0, 255, 255, 0],
    ...[0, 255, 0, 255],
    ...[255, 255, 0, 0],
  ]);
  const unnamed = await opened('unnamed');
  expect([...(await unnamed.read(0, 1)).data].slice(0, 4)).toEqual([0, 60, 120, 180]);
});

test('formats that are not read are named with the remedy, whatever their file is called', async () => {
  const named = /got HEIC\. Save it as JPEG/;
  await expect(opened('phone.HEIC')).rejects.toThrow(named);
  const renamed = await opened('renamed.jpg');
  await expect(renamed.read(0, 1)).rejects.toThrow(/renamed\.jpg": expected .* got HEIC/);
});

test('a folder says what it leaves out', async () => {
  const { paths, leftOut } = await imagesIn(folder);
  expect(paths.map((path) => path.slice(folder.length + 1))).toEqual([
    'a.png',
    'b.bmp',
    'c.avif',
    'renamed.jpg',
  ]);
  expect(leftOut).toMatch(
    /^left out notes\.txt, unnamed \(no image\); phone\.HEIC \(HEIC is not read\. Save it as JPEG/,
  );
});
