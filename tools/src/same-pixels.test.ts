import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '@patternlens/page/node';
import { imagesOfEveryKind, imagesToRefuse } from './testing/images-of-every-kind.js';
import { openPixelPage, pixelsInNode, type PixelPage } from './testing/pixels-on-both-sides.js';
import { ROOT } from './testing/repository.js';

jest.setTimeout(120_000);

const there = findChromium() !== undefined;
const inChromium = there ? test : test.skip;
const folder = mkdtempSync(join(tmpdir(), 'patternlens-'));

const photos = join(ROOT, '../shared/data/squeezenet/images');
let page: PixelPage;

beforeAll(async () => {
  if (there) page = await openPixelPage({ made: folder, photos });
});

afterAll(async () => {
  if (there) await page[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, Buffer>>): string[] {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return Object.keys(files);
}

inChromium('images of every kind are the same pixels in the command and in a page', async () => {
  const names = write(await imagesOfEveryKind());
  const seen = await page.digests('made', names);
  expect(seen).toEqual(pixelsInNode(folder, names));
  expect(Object.entries(seen).filter(([, { code }]) => code !== undefined)).toEqual([]);
  expect(names.length).toBeGreaterThan(45);
  // The pixels of an image are turned, and differ.
  expect(seen['exif1.jpg']!.pixels).toBe(seen['baseline.jpg']!.pixels);
  expect(seen['exif6.jpg']!.size).toEqual([61, 97]);
  expect(new Set([1, 2, 3, 4].map((turn) => seen[`exif${turn}.webp`]!.pixels)).size).toBe(4);
  expect(seen['8.png']!.pixels).toBe(seen['24.bmp']!.pixels);
});

inChromium('what one of them refuses, the other does', async () => {
  const names = write(await imagesToRefuse());
  for (const digests of [await page.digests('made', names), pixelsInNode(folder, names)]) {
    expect(names.map((name) => [name, digests[name]!.code ?? 'read'])).toEqual(
      names.map((name) => [name, 'invalid-file']),
    );
    expect(digests['huge.png']!.message).toContain(
      'expected an image of at most 268435456 pixels (16384 x 16384), got 30000 x 30000',
    );
  }
});

const withPhotos = there && existsSync(photos) ? test : test.skip;
withPhotos('photos are the same pixels in the command and in a page', async () => {
  const names = readdirSync(photos).filter((_, at) => at % 5 === 0);
  expect(names.length).toBeGreaterThan(5);
  const seen = await page.digests('photos', names);
  expect(seen).toEqual(pixelsInNode(photos, names));
  expect(names.filter((name) => seen[name]!.pixels === undefined)).toEqual([]);
});
