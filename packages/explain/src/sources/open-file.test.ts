import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BATCH } from '@patternlens/core/tensor';
import { generatedSource, preprocessingHash } from '@patternlens/data';
import sharp from 'sharp';
import { sharpDecoder } from '../decoders/sharp-decoder.js';
import { diskFile, isFile } from '../files/disk-file.js';
import { namedPreprocessing, noPreprocessing } from '../models/preprocessing-choice.js';
import { scratch } from '../testing/scratch.js';
import { arraySamples } from './array-samples.js';
import { openFile } from './open-file.js';

const folder = scratch();
const digits = join(folder, 'digits-idx3-ubyte');
const flat = {
  inputShape: [BATCH, 4],
  axes: { batch: 0, channels: 1, spatial: [], names: ['batch', 'features'] },
  decoder: sharpDecoder(sharp),
};

beforeAll(() => {
  // One digit of 2 x 2 pixels.
  const header = [0, 0, 8, 3, ...[0, 0, 0, 1], ...[0, 0, 0, 2], ...[0, 0, 0, 2]];
  writeFileSync(digits, Uint8Array.from([...header, 0, 51, 102, 255]));
});

test('arrays of pixels go through a preset as images do', async () => {
  const preprocessing = await namedPreprocessing('mnist', { fileAt: diskFile, isFile });
  const source = await openFile(diskFile(digits), { ...flat, preprocessing });
  const { data, shape } = await source.read(0, 1);
  expect(shape).toEqual([1, 4]);
  const expected = [0, 51, 102, 255].map((pixel) => (pixel / 255 - 0.1307) / 0.3081);
  expected.forEach((value, at) => {
    expect(data[at]).toBeCloseTo(value, 6);
  });
  expect(source.preprocessing!.name).toBe('mnist');
});

test('without one they go in as they are, and arrays in model space need none', async () => {
  const options = { ...flat, preprocessing: noPreprocessing };
  const source = await openFile(diskFile(digits), options);
  expect([...(await source.read(0, 1)).data]).toEqual([0, 51, 102, 255]);
  expect(source.preprocessing).toEqual({
    name: 'none',
    values: {},
    hash: preprocessingHash({}),
  });
  const generated = arraySamples(
    generatedSource({ count: 2 }),
    { name: 'generated', stem: 'generated' },
    {
      ...options,
      inputShape: [BATCH, 3, 16, 16],
      axes: { batch: 0, channels: 1, spatial: [2, 3], names: [] },
    },
  );
  expect(generated.preprocessing).toBeUndefined();
});
