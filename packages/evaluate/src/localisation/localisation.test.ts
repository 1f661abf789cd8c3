import { tensor } from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';
import { generateBatch } from '@patternlens/data';
import {
  contextOf,
  convolutionNetwork,
  drawnTensor,
  fittedPatterns,
  linearClassifier,
} from '../testing/tiny-networks.js';
import { complexity, measureComplexity } from './complexity.js';
import { localisation, measureLocalisation } from './localisation.js';

// 2x3 pixels; the first class reads the pixels of the truth alone.
const network = linearClassifier(2, 3, [
  [1, 2, 0, 0, 3, 0],
  [0, 0, 0, 0, 0, 0],
]);
const x = tensor([1, 1, 1, 1, 1, 1, -4, 2, 9, -1, 4, 0], [2, 1, 2, 3]);
const truth = tensor([1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0], [2, 2, 3]);

describe('localisation', () => {
  test('a map that is the truth scores 1 everywhere', async () => {
    const { means } = await measureLocalisation(contextOf(network, x, { truth }));
    const scores = means.get('input-x-gradient')!;
    expect(scores.rank).toEqual({ mean: 1, low: 1, high: 1, count: 2 });
    expect(
      [scores.mass, scores.auroc, scores.pointing, scores.precision].map(({ mean }) => mean),
    ).toEqual([1, 1, 1, 1]);
    // Sample 1 has x w = -4, 4, 12: its negative part lies inside the truth as well.
    expect(scores.positiveMass.mean).toBe(1);
  });

  test('the input as a baseline, by hand', async () => {
    const { perSample } = await measureLocalisation(contextOf(network, x, { truth }));
    const input = perSample.get('input')!;
    // Sample 0 is constant: three of six pixels are inside.
    expect(input.rank[0]).toBe(0.5);
    expect(input.mass[0]).toBe(0.5);
    expect(input.auroc[0]).toBe(0.5);
    expect(input.pointing[0]).toBe(0);
    // Sample 1: magnitudes 4 2 9 | 1 4 0; the strongest three are 9, 4, 4.
    expect(input.rank[1]).toBeCloseTo(2 / 3, 14);
    expect(input.mass[1]).toBe(10 / 20);
    expect(input.positiveMass[1]).toBe(6 / 15);
    expect(input.pointing[1]).toBe(0);
    // Pairs inside against outside 9, 1, 0: 4 wins two, 2 wins two, 4 wins two.
    expect(input.auroc[1]).toBeCloseTo(6 / 9, 14);
  });

  test('chance finds as much as the truth covers', async () => {
    const samples = 400;
    const drawn = tensor(
      Float64Array.from({ length: samples * 6 }, () => 1),
      [samples, 1, 2, 3],
    );
    const mask = tensor(
      Float64Array.from({ length: samples * 6 }, (_, at) => (at % 6 < 2 ? 1 : 0)),
      [samples, 2, 3],
    );
    const { means } = await measureLocalisation(
      contextOf(network, drawn, { truth: mask, batch: 64 }),
    );
    const random = means.get('random')!;
    for (const interval of [random.rank, random.mass, random.pointing])
      expect(Math.abs(interval.mean! - 1 / 3)).toBeLessThan(0.06);
    expect(Math.abs(random.auroc.mean! - 0.5)).toBeLessThan(0.06);
    expect(random.rank.low).toBeLessThan(1 / 3);
    expect(random.rank.high).toBeGreaterThan(1 / 3);
  });

  test('signs are kept in sums over channels of attributions, magnitudes summed for functions', async () => {
    const convolution = convolutionNetwork(2);
    const images = drawnTensor(3, [2, 2, 6, 6]);
    const mask = {
      data: drawnTensor(9, [2, 6, 6]).data.map((v) => (v > 0 ? 1 : 0)),
      shape: [2, 6, 6],
    };
    const { perSample } = await measureLocalisation(
      contextOf(convolution, images, { truth: mask, methods: ['gradient', 'input-x-gradient'] }),
    );
    expect(perSample.get('gradient')!.rank).not.toEqual(perSample.get('input-x-gradient')!.rank);
    // Magnitudes are all positive: both masses of a function are shares of different totals.
    expect(perSample.get('gradient')!.mass).not.toEqual(perSample.get('gradient')!.positiveMass);
  });

  test('the same in batches of any size', async () => {
    const convolution = convolutionNetwork(2);
    const images = drawnTensor(3, [5, 2, 6, 6]);
    const mask = {
      data: drawnTensor(9, [5, 6, 6]).data.map((v) => (v > 0.5 ? 1 : 0)),
      shape: [5, 6, 6],
    };
    const patterns = await fittedPatterns(convolution, 1);
    const measure = (batch: number) =>
      localisation.measure(
        contextOf(convolution, images, {
          truth: mask,
          batch,
          patterns,
          methods: ['pattern-attribution'],
        }),
        {},
      );
    expect(await measure(2)).toEqual(await measure(5));
  });

  test('samples whose mask is empty, and maps of zeros, are told', async () => {
    const { warnings, means } = await measureLocalisation(
      contextOf(network, tensor(new Float64Array(18), [3, 1, 2, 3]), {
        truth: tensor([...new Array<number>(6).fill(0), ...truth.data], [3, 2, 3]),
      }),
    );
    expect(warnings).toEqual([
      'input-x-gradient: 3 of 3 maps are zero everywhere.',
      '1 of 3 samples are left out: their masks are empty, or cover everything.',
    ]);
    expect(means.get('random')!.rank.count).toBe(2);
    expect(means.get('input-x-gradient')!.mass.mean).toBe(0);
  });

  test('it takes the masks of generated data', async () => {
    const { mask } = generateBatch(0, 4);
    const images = drawnTensor(1, [4, 1, 16, 16]);
    const all = linearClassifier(16, 16, [
      Array.from({ length: 256 }, () => 1),
      Array.from({ length: 256 }, () => 0),
    ]);
    const { means } = await measureLocalisation(contextOf(all, images, { truth: mask }));
    expect(means.get('random')!.mass.mean).toBeGreaterThan(0.02);
    expect(means.get('random')!.mass.mean).toBeLessThan(0.25);
  });

  test('no truth, or one that does not fit', async () => {
    await expect(measureLocalisation(contextOf(network, x))).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('it needs data whose truth is known') as string,
    });
    await expect(
      measureLocalisation(contextOf(network, x, { truth: tensor(new Float64Array(8), [2, 2, 2]) })),
    ).rejects.toMatchObject({ code: 'invalid-shape' });
  });
});

describe('complexity', () => {
  const measure = (more: Partial<MetricContext> = {}) =>
    measureComplexity(contextOf(network, x, more));

  test('by hand', async () => {
    const scores = (await measure()).perSample.get('input-x-gradient')!;
    // Maps 1 2 3 and 4 4 12, three zeros each.
    const entropyOf = (...shares: number[]): number =>
      shares.reduce((sum, share) => sum - share * Math.log(share), 0);
    expect(scores.complexity[0]).toBeCloseTo(entropyOf(1 / 6, 2 / 6, 3 / 6), 12);
    expect(scores.complexity[1]).toBeCloseTo(entropyOf(0.2, 0.2, 0.6), 12);
    // (2 i - n - 1) a_i over n times the sum: 1, 3, 5 for the last three.
    expect(scores.sparseness[0]).toBeCloseTo((1 + 6 + 15) / 36, 12);
  });

  test('has a row a method', async () => {
    const { tables } = await complexity.measure(
      contextOf(network, x, { methods: ['gradient', 'input-x-gradient'] }),
      {},
    );
    expect(tables[0]!.rows.map(([name]) => name)).toEqual(['gradient', 'input-x-gradient']);
  });
});
