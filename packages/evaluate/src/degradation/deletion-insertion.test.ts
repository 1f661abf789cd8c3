import { tensor } from '@patternlens/core';
import { type InputAxes } from '@patternlens/core/network';
import { sampleLayout } from '../maps/sample-layout.js';
import {
  contextOf,
  convolutionNetwork,
  drawnTensor,
  fittedPatterns,
  linearClassifier,
} from '../testing/tiny-networks.js';
import { baselineOf, blur } from './baselines.js';
import { coveringPatches } from './covering-patches.js';
import { measureDeletionInsertion } from './deletion-insertion.js';
import { deletionInsertion } from './deletion-insertion-metric.js';

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

// Attributions 3, -1, 2, 0; the mean of the sample is 1.
const network = linearClassifier(2, 2, [
  [1, -1, 2, 5],
  [0, 0, 0, 0],
]);
const x = tensor([3, 1, 1, 0, 3, 1, 1, 0], [2, 1, 2, 2]);

test('a linear model, by hand: deleted to a value, inserted from the mean', async () => {
  const { methods } = await measureDeletionInsertion(contextOf(network, x), {
    steps: 4,
    fill: 'value',
    value: 0,
    insertFrom: 'mean',
  });
  const summary = methods.get('input-x-gradient')!;
  // In order 3, 2, 0, -1 they go: logits 4, 1, -1, -1, 0.
  const deletion = [4, 1, -1, -1, 0].map(sigmoid);
  summary.deletion.forEach((score, at) => {
    expect(score).toBeCloseTo(deletion[at]!, 12);
  });
  // The mean is 5/4: logit 5/4 * 7, then pixel 0 at 3, pixel 2 at 1, pixel 3 at 0, pixel 1 at 1.
  const insertion = [8.75, 10.5, 10, 3.75, 4].map(sigmoid);
  summary.insertion.forEach((score, at) => {
    expect(score).toBeCloseTo(insertion[at]!, 12);
  });
  const area = ([a, b, c, d, e]: number[]): number => (a! / 2 + b! + c! + d! + e! / 2) / 4;
  expect(summary.deletionArea.mean).toBeCloseTo(area(deletion), 12);
  expect(summary.insertionArea.mean).toBeCloseTo(area(insertion), 12);
});

test('signs are kept: what argues against the class goes last', async () => {
  const { methods } = await measureDeletionInsertion(
    contextOf(network, x, { methods: ['input-x-gradient', 'gradient'] }),
    { steps: 4, fill: 'value', value: 0, maps: 'signed' },
  );
  // The gradient orders 5, 2, 1, -1: pixels 3, 2, 0, 1.
  const deletion = [4, 4, 2, -1, 0].map(sigmoid);
  methods.get('gradient')!.deletion.forEach((score, at) => {
    expect(score).toBeCloseTo(deletion[at]!, 12);
  });
});

test('the same in batches of any size; both curves meet at their ends', async () => {
  const convolution = convolutionNetwork(3);
  const images = drawnTensor(4, [3, 2, 6, 6]);
  const patterns = await fittedPatterns(convolution, 5);
  const methods = ['gradient', 'pattern-attribution'] as const;
  const measure = (batch: number) =>
    deletionInsertion.measure(contextOf(convolution, images, { methods, patterns, batch }), {
      steps: 7,
      patch: 2,
      insertFrom: 'mean',
    });
  const [one, batched] = await Promise.all([measure(1), measure(64)]);
  expect(one).toEqual(batched);
  const [deletion, insertion] = batched.charts;
  for (const at of [0, 1, 2]) {
    const down = deletion!.series[at]!.y,
      up = insertion!.series[at]!.y;
    expect(up.at(-1)).toBeCloseTo(down[0]!, 12);
    expect(up[0]).toBeCloseTo(down.at(-1)!, 12);
  }
  for (const row of batched.tables[0]!.rows)
    expect(row).toHaveLength(batched.tables[0]!.columns.length);
});

test('a value for each channel, or an error', async () => {
  const convolution = convolutionNetwork(3);
  await expect(
    measureDeletionInsertion(contextOf(convolution, drawnTensor(4, [2, 2, 6, 6])), {
      fill: 'value',
      value: [1, 2, 3],
    }),
  ).rejects.toThrow('value has 3 numbers, the input has 2 channels');
});

const imageAxes = (channels: number, spatial: readonly number[]): InputAxes => ({
  batch: 0,
  channels,
  spatial,
  names: [],
});

describe('baselines', () => {
  const axes = sampleLayout('image', [{ batch: 1 }, 3, 2, 2], imageAxes(1, [2, 3]));
  const values = Float64Array.from({ length: 12 }, (_, at) => at);

  test('mean and value, by channel', () => {
    const options = { value: [7, 8, 9], sigma: 1 };
    expect(Array.from(baselineOf(values, axes, 'mean', options))).toEqual(
      [1.5, 5.5, 9.5].flatMap((value) => [value, value, value, value]),
    );
    expect(Array.from(baselineOf(values, axes, 'value', options))).toEqual(
      [7, 8, 9].flatMap((value) => [value, value, value, value]),
    );
  });

  test('channels last', () => {
    const last = sampleLayout('image', [{ batch: 1 }, 2, 2, 3], imageAxes(3, [1, 2]));
    expect(last).toMatchObject({ channels: 3, spatial: [2, 2], channelStep: 1 });
    expect(Array.from(last.places)).toEqual([0, 3, 6, 9]);
    const mean = baselineOf(values, last, 'mean', { value: 0, sigma: 1 });
    expect(Array.from(mean)).toEqual([4.5, 5.5, 6.5, 4.5, 5.5, 6.5, 4.5, 5.5, 6.5, 4.5, 5.5, 6.5]);
  });

  test('blur keeps what is constant, and is the Gaussian of each axis', () => {
    expect(Array.from(blur(new Float64Array(20).fill(3), [4, 5], 1.3))).toEqual(
      Array.from({ length: 20 }, () => expect.closeTo(3, 12) as number),
    );
    const point = new Float64Array(35);
    point[17] = 1; // row 2, column 3 of 5 x 7
    const smooth = blur(point, [5, 7], 0.8);
    const weight = (by: number, size: number, at: number): number => {
      let sum = 0;
      for (let to = 0; to < size; to++)
        if (Math.abs(to - at) <= 3) sum += Math.exp(-((to - at) ** 2) / 1.28);
      return Math.abs(by) <= 3 ? Math.exp(-(by ** 2) / 1.28) / sum : 0;
    };
    for (let row = 0; row < 5; row++)
      for (let column = 0; column < 7; column++)
        expect(smooth[row * 7 + column]).toBeCloseTo(
          weight(2 - row, 5, row) * weight(3 - column, 7, column),
          12,
        );
  });

  test('patches cover all places', () => {
    expect(coveringPatches([3, 5], 2).map((patch) => Array.from(patch))).toEqual([
      [0, 1, 5, 6],
      [2, 3, 7, 8],
      [4, 9],
      [10, 11],
      [12, 13],
      [14],
    ]);
    expect(coveringPatches([4], 3).map((patch) => Array.from(patch))).toEqual([[0, 1, 2], [3]]);
  });
});
