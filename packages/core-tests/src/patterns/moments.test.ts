import {
  resolveNetwork,
  fitPatterns,
  mergePatterns,
  sliceSamples,
  tensor,
  type Network,
  type PatternSet,
  type SampleSource,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, isFitted, toNeuronMajor, weightsLayout } from '@patternlens/core/network';
import {
  fitMoments,
  joinNeurons,
  mergeMoments,
  type FitCheckpoint,
} from '@patternlens/core/patterns';
import { type LayerMoments } from '@patternlens/core/rules';
import fc from 'fast-check';
import { denseOf, layerOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const N = { batch: 1 };
const SAMPLES = 43;
const r = random(77);

const window = { strides: [2, 1], dilations: [1, 1], padsBegin: [1, 0], padsEnd: [1, 1] };
const filters = {
  weights: r.normal([4, 1, 3, 2]),
  bias: r.normal([4, 1, 1]),
};
/** A padded convolution in groups, a transposed one, and a dense layer whose second neuron never fires. */
const network = createNetwork({
  inputs: [{ name: 'x', shape: [N, 2, 4, 3] }],
  outputs: ['dense'],
  layers: [
    layerOf('convolution', 'conv', 'x', { ...window, groups: 2 }, filters),
    layerOf('rectifier', 'relu', 'conv', {}),
    layerOf(
      'transposed-convolution',
      'wide',
      'relu',
      { ...window, groups: 2, outputSpatial: [4, 3] },
      { weights: r.normal([4, 1, 3, 2]) },
    ),
    layerOf('reshape', 'flat', 'wide', { shape: [N, 24] }),
    layerOf(
      'dense',
      'dense',
      'flat',
      {},
      { weights: r.normal([3, 24]), bias: tensor([0.5, -1e6, 12], [3]) },
    ),
  ],
});

/** A mean far from zero, as images have: what is not centred cancels badly. */
const data: Tensor = (() => {
  const { data: values, shape } = r.normal([SAMPLES, 2, 4, 3]);
  return { data: values.map((value) => value + 3), shape };
})();

/** Batches of the given sizes, the last of which takes what is left. */
function batches(sizes: readonly number[]): Tensor[] {
  const parts: Tensor[] = [];
  let from = 0;
  for (const size of sizes) {
    if (from + size >= SAMPLES) break;
    parts.push(sliceSamples(data, from, (from += size)));
  }
  return [...parts, sliceSamples(data, from, SAMPLES)];
}

const source: SampleSource = {
  count: SAMPLES,
  read: (first, count) => Promise.resolve(sliceSamples(data, first, first + count)),
};

async function expectSame(got: PatternSet, want: PatternSet): Promise<void> {
  expect(got.samples).toBe(want.samples);
  expect([...got.layers.keys()]).toEqual([...want.layers.keys()]);
  for (const [name, pattern] of want.layers) {
    const found = got.layers.get(name)!;
    expect(found.counts).toEqual(pattern.counts);
    expect(found.samples).toBe(pattern.samples);
    for (const [kind, { data: values }] of Object.entries(pattern.directions))
      expect(relativeDifference(found.directions[kind as 'linear']!.data, values)).toBeLessThan(
        1e-12,
      );
    const [a, b] = await Promise.all([found, pattern].map((one) => one.source!.parts[0]!()));
    for (const key of ['x', 'positiveX', 'positiveCount'] as const)
      expect(relativeDifference(a![key], b![key])).toBeLessThan(1e-12);
  }
}

const whole = fitPatterns(network, [data], { backend });
const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 12 });
const SETTINGS = { seed: 5, numRuns: 8, endOnFailure: true } as const;

describe('patterns do not depend on', () => {
  test('the sizes of batches', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (batchSizes) => {
        await expectSame(await fitPatterns(network, batches(batchSizes), { backend }), await whole);
      }),
      SETTINGS,
    );
  });

  test('whether samples come in batches or are read where they are needed', async () => {
    await expectSame(await fitPatterns(network, source, { backend }), await whole);
    async function* stream() {
      for (const batch of batches([5, 1, 9])) yield await Promise.resolve(batch);
    }
    await expectSame(await fitPatterns(network, stream(), { backend }), await whole);
  });

  test('shards, and the order in which they are merged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }).chain((count) =>
          fc.record({
            order: fc.shuffledSubarray(
              Array.from({ length: count }, (_, at) => at + 1),
              { minLength: count },
            ),
            fromSource: fc.boolean(),
            batchSizes: sizes,
          }),
        ),
        async ({ order, fromSource, batchSizes }) => {
          const shards = await Promise.all(
            order.map((index) =>
              fitPatterns(network, fromSource ? source : batches(batchSizes), {
                backend,
                shard: { index, count: order.length },
              }),
            ),
          );
          const samples = shards.reduce((sum, shard) => sum + shard.samples, 0);
          expect(samples).toBe(SAMPLES);
          await expectSame(await mergePatterns(shards), await whole);
        },
      ),
      SETTINGS,
    );
  });

  test('how merges are nested, though each fit has shifts of its own', async () => {
    const [a, b, c] = (await Promise.all(
      [
        [0, 7],
        [7, 20],
        [20, SAMPLES],
      ].map(([from, to]) => fitPatterns(network, [sliceSamples(data, from!, to!)], { backend })),
    )) as [PatternSet, PatternSet, PatternSet];
    const shifts = await Promise.all(
      [a, b].map(async ({ layers }) => (await layers.get('dense')!.source!.parts[0]!()).shift),
    );
    expect(shifts[0]).not.toEqual(shifts[1]);
    await expectSame(await mergePatterns([await mergePatterns([a, b]), c]), await whole);
    await expectSame(await mergePatterns([c, await mergePatterns([b, a])]), await whole);
  });

  test('where a fit was interrupted, and how often', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
        sizes,
        async (stops, batchSizes) => {
          let kept: FitCheckpoint | undefined;
          for (const stop of stops.sort()) {
            const signal = { aborted: false };
            const cancelled = fitPatterns(network, batches(batchSizes), {
              backend,
              signal,
              resume: kept,
              onProgress: ({ done }) => {
                signal.aborted = done === stop * 8;
              },
              onCheckpoint: (checkpoint) => {
                kept = structuredClone(checkpoint);
                return Promise.resolve();
              },
            });
            await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
            expect(kept).toMatchObject({ nextBlock: stop, samples: stop * 8 });
          }
          const resumed = await fitPatterns(network, batches(batchSizes), {
            backend,
            resume: kept,
          });
          await expectSame(resumed, await whole);
        },
      ),
      SETTINGS,
    );
  });

  test('what lies beyond the limit', async () => {
    const limited = await fitPatterns(network, batches([9, 4]), { backend, limit: 19 });
    const part = await fitPatterns(network, [sliceSamples(data, 0, 19)], { backend });
    await expectSame(limited, part);
    await expectSame(await fitPatterns(network, source, { backend, limit: 19 }), part);
  });
});

/** Two-pass formulas in float64, straight from their definition. */
function covariances(x: readonly number[][], y: readonly number[]): number[] {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanY = mean(y);
  return x[0]!.map((_, d) => {
    const meanX = mean(x.map((row) => row[d]!));
    return mean(x.map((row, at) => (row[d]! - meanX) * (y[at]! - meanY)));
  });
}

test('the linear pattern is the covariance over the variance, also far from zero', async () => {
  const draw = random(12);
  const weights = Array.from(draw.normal([4]).data);
  const { data: values } = draw.normal([200, 4]);
  const far = values.map((value, at) => value + [0, 100, -5000, 3][at % 4]!);
  const net = createNetwork({
    inputs: [{ name: 'x', shape: [N, 4] }],
    outputs: ['y'],
    layers: [denseOf('y', 'x', [weights], [-1])],
  });
  const { layers } = await fitPatterns(net, [tensor(far, [200, 4])], { backend });
  const rows = Array.from({ length: 200 }, (_, at) => Array.from(far.subarray(at * 4, at * 4 + 4)));
  const y = rows.map((row) => row.reduce((sum, value, d) => sum + value * weights[d]!, 0));
  const covariance = covariances(rows, y);
  const variance = weights.reduce((sum, w, d) => sum + w * covariance[d]!, 0);
  const want = covariance.map((value) => value / variance);
  // Means of 5000 cost seven of the sixteen digits of a sum of products about a shift in float32.
  expect(relativeDifference(layers.get('y')!.directions.linear!.data, want)).toBeLessThan(1e-9);
});

describe('every neuron', () => {
  const rowsOf = (net: Network, name: string, values: Tensor): Tensor => {
    const layer = net.layers.find((candidate) => candidate.name === name)!;
    return isFitted(layer) ? toNeuronMajor(weightsLayout(layer), values) : values;
  };

  test("that is live has w'a = 1, and one without a regime has a = 0", async () => {
    for (const [name, { directions, counts, samples }] of (await whole).layers) {
      const layer = network.layers.find((candidate) => candidate.name === name)!;
      const weights = rowsOf(network, name, layer.parameters['weights']!.tensor);
      const [neurons, inputs] = weights.shape as [number, number];
      const seen = {
        linear: counts.map(() => samples),
        positive: counts,
        negative: counts.map((n) => samples - n),
      };
      for (const kind of ['linear', 'positive', 'negative'] as const) {
        const rows = rowsOf(network, name, directions[kind]!);
        for (let neuron = 0; neuron < neurons; neuron++) {
          const rowOf = (values: Tensor): number[] =>
            Array.from(values.data.subarray(neuron * inputs, (neuron + 1) * inputs));
          const along = rowOf(weights).reduce((sum, w, d) => sum + w * rowOf(rows)[d]!, 0);
          if (seen[kind][neuron]! > 0) expect(along).toBeCloseTo(1, 12);
          else expect(rowOf(rows)).toEqual(rowOf(rows).map(() => 0));
        }
      }
    }
    // The second neuron of the dense layer never fires, the others do now and then.
    const { counts } = (await whole).layers.get('dense')!;
    expect(counts[1]).toBe(0);
    expect(Math.min(counts[0]!, counts[2]!)).toBeGreaterThan(0);
  });

  test('whose y never changes has a = 0, and none is NaN', async () => {
    const net = createNetwork({
      inputs: [{ name: 'x', shape: [N, 2] }],
      outputs: ['y'],
      layers: [
        denseOf('y', 'x', [
          [1, 0],
          [0, 0],
          [0, 1],
        ]),
      ],
    });
    const x = tensor([5, 1, 5, -2, 5, 4], [3, 2]);
    const { directions, counts } = (await fitPatterns(net, [x], { backend })).layers.get('y')!;
    expect(Array.from(counts)).toEqual([3, 0, 2]);
    expect(Array.from(directions.linear!.data)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(Array.from(directions.positive!.data).slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(Array.from(directions.negative!.data).slice(0, 4)).toEqual([0, 0, 0, 0]);
  });

  test('that fires rarely takes the linear pattern where that is asked for', async () => {
    const { layers } = await whole;
    const { counts } = layers.get('dense')!;
    const below = Math.min(counts[0]!, counts[2]!) + 1;
    const fitted = await fitPatterns(network, [data], { backend, fallbackBelow: below });
    const { directions } = fitted.layers.get('dense')!;
    const row = (values: Tensor, neuron: number): number[] =>
      Array.from(values.data.subarray(neuron * 24, (neuron + 1) * 24));
    const plain = layers.get('dense')!.directions;
    for (const neuron of [0, 1, 2])
      expect(row(directions.positive!, neuron)).toEqual(
        row(counts[neuron]! < below ? plain.linear! : plain.positive!, neuron),
      );
    expect(directions.negative).toEqual(plain.negative);
  });
});

test('samples are counted position by position, padded borders included', async () => {
  const { layers, samples } = await whole;
  expect(samples).toBe(SAMPLES);
  const positions = Object.fromEntries(
    [...layers].map(([name, pattern]) => [name, pattern.samples / SAMPLES]),
  );
  expect(positions).toEqual({ conv: 2 * 3, wide: 4 * 3, dense: 1 });
  const ones = tensor(new Float64Array(24).fill(1), [1, 2, 4, 3]);
  const { x } = await (await fitPatterns(network, [ones], { backend })).layers.get('conv')!.source!
    .parts[0]!();
  // The first row of the kernel stands on rows -1 and 1, one of which is padding and so zero; its second column on columns 1, 2 and 3 of 3.
  const each = [3, 2, 6, 4, 6, 4];
  expect(Array.from(x)).toEqual([...each, ...each]);
});

test('moments of one layer in several passes are those of one pass', async () => {
  const { store, passes } = await fitMoments(resolveNetwork(network), source, {
    backend,
    memory: 1700,
  });
  expect(passes.length).toBeGreaterThan(1);
  const parts = passes.flat().filter(({ layer }) => layer.name === 'dense');
  expect(parts.length).toBeGreaterThan(1);
  const joined = joinNeurons(await Promise.all(parts.map((range) => store.get(range))));
  const once = await (await whole).layers.get('dense')!.source!.parts[0]!();
  expect(joined).toEqual(once);
});

test('moments of other layers do not merge', () => {
  const moments: LayerMoments = {
    neurons: 1,
    inputs: 2,
    groups: 1,
    count: 1,
    shift: new Float64Array(1),
    positiveCount: new Float64Array(1),
    y: new Float64Array(1),
    x: new Float64Array(2),
    xy: new Float64Array(2),
    positiveXy: new Float64Array(2),
    positiveX: new Float64Array(2),
  };
  expect(() => mergeMoments(moments, { ...moments, inputs: 3 })).toThrow(
    expect.objectContaining({ code: 'invalid-pattern' }) as Error,
  );
});
