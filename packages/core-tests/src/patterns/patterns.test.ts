import { fitPatterns, mergePatterns, type PatternSet, type Tensor } from '@patternlens/core';
import { createNetwork, toNeuronMajor, weightsLayout } from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';
import { layerMatrix, multiply } from '../testing/layer-matrix.js';
import { linearCases, type LinearCase } from '../testing/linear-cases.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const SAMPLES = 21;
const fitted = linearCases.filter(({ layer }) => layer.kind !== 'scale');

function networkOf({ layer, inputShape }: LinearCase) {
  return createNetwork({
    inputs: [{ name: 'x', shape: inputShape }],
    outputs: ['y'],
    layers: [layer],
  });
}

const dataOf = ({ inputShape, whole }: LinearCase, seed: number): Tensor => {
  const r = random(seed);
  // A mean far from zero, as images have: what is not centred cancels badly.
  const { data, shape } = (whole ? r.small : r.normal)([
    SAMPLES,
    ...(inputShape.slice(1) as number[]),
  ]);
  return { data: data.map((value) => value + 3), shape };
};

interface Observation {
  readonly patch: number[];
  readonly y: number;
}

/** Every sample and position of every neuron, with its patch written out; padding is zero. */
function observations(linearCase: LinearCase, x: Tensor): Observation[][] {
  const { layer } = linearCase;
  const net = networkOf(linearCase);
  const matrix = layerMatrix(
    layer,
    linearCase.inputShape.slice(1) as number[],
    net.shapes.get('y')!.slice(1) as number[],
  );
  const weights = layer.parameters['weights']!.tensor;
  const places = toNeuronMajor(weightsLayout(layer), {
    data: Float64Array.from(weights.data, (_, at) => at),
    shape: weights.shape,
  });
  const [neurons, inputs] = places.shape as [number, number];
  const inputOf = new Map(Array.from(places.data, (weight, at) => [weight, at % inputs]));
  const all: Observation[][] = Array.from({ length: neurons }, () => []);
  const w = Array.from(weights.data);
  for (let sample = 0; sample < SAMPLES; sample++) {
    const values = Array.from(
      x.data.subarray(sample * matrix.columns, (sample + 1) * matrix.columns),
    );
    const patches = Array.from({ length: matrix.rows }, () => new Array<number>(inputs).fill(0));
    for (const { row, column, weight } of matrix.entries)
      patches[row]![inputOf.get(weight)!] = values[column]!;
    multiply(matrix, w, values).forEach((y, row) =>
      all[matrix.neuronOf(row)]!.push({ patch: patches[row]!, y }),
    );
  }
  return all;
}

/** Equation 8 straight from its text: the means of x and xy over the regime, the mean of y over all. */
function replica(seen: Observation[], w: number[], inRegime: (y: number) => boolean): number[] {
  const counted = seen.filter(({ y }) => inRegime(y));
  const mean = (list: Observation[], value: (one: Observation) => number): number =>
    list.reduce((sum, one) => sum + value(one), 0) / list.length;
  if (counted.length === 0) return w.map(() => 0);
  const meanY = mean(seen, ({ y }) => y);
  const c = w.map(
    (_, d) =>
      mean(counted, ({ patch, y }) => patch[d]! * y) -
      mean(counted, ({ patch }) => patch[d]!) * meanY,
  );
  const along = c.reduce((sum, value, d) => sum + value * w[d]!, 0);
  return c.map((value) => (along === 0 ? 0 : value / along));
}

/** Where w'c is nothing but rounding, no two orders of summing agree on a. */
const isDegenerate = (want: number[]): boolean => want.some((value) => Math.abs(value) > 1e6);

test.each(
  fitted.map(
    (linearCase) =>
      [`${linearCase.name}${linearCase.whole ? ', whole numbers' : ''}`, linearCase] as const,
  ),
)('patterns of a %s are those of its patches', async (_name, linearCase) => {
  const x = dataOf(linearCase, 5);
  const { layer } = linearCase;
  const patterns = await fitPatterns(networkOf(linearCase), [x], { backend });
  const { directions, counts, samples } = patterns.layers.get('layer')!;
  const rows = (tensor: Tensor): Tensor => toNeuronMajor(weightsLayout(layer), tensor);
  const weights = rows(layer.parameters['weights']!.tensor);
  const [neurons, inputs] = weights.shape as [number, number];
  const bias = layer.parameters['bias']?.tensor.data;
  observations(linearCase, x).forEach((seen, neuron) => {
    const w = Array.from(weights.data.subarray(neuron * inputs, (neuron + 1) * inputs));
    const b = bias?.[neuron] ?? 0;
    expect(samples).toBe(seen.length);
    expect(counts[neuron]).toBe(seen.filter(({ y }) => y + b > 0).length);
    const kinds = {
      linear: () => true,
      positive: (y: number) => y + b > 0,
      negative: (y: number) => !(y + b > 0),
    };
    for (const [kind, regime] of Object.entries(kinds)) {
      const want = replica(seen, w, regime);
      if (isDegenerate(want)) continue;
      const got = rows(directions[kind as keyof typeof kinds]!).data.subarray(
        neuron * inputs,
        (neuron + 1) * inputs,
      );
      const scale = Math.max(1, ...want.map(Math.abs));
      want.forEach((value, d) => {
        expect(Math.abs(got[d]! - value) / scale).toBeLessThan(1e-9);
      });
      const along = w.reduce((sum, weight, d) => sum + weight * got[d]!, 0);
      if (want.some((value) => value !== 0)) expect(along).toBeCloseTo(1, 12);
    }
  });
  expect(neurons).toBe(counts.length);
});

describe('moments', () => {
  const linearCase = fitted.find(
    ({ name, whole }) => name.startsWith('convolution 2-D') && !whole,
  )!;
  const x = dataOf(linearCase, 9);
  const part = (from: number, to: number): Tensor => {
    const each = x.data.length / SAMPLES;
    return {
      data: x.data.subarray(from * each, to * each),
      shape: [to - from, ...x.shape.slice(1)],
    };
  };
  const close = (a: PatternSet, b: PatternSet): void => {
    for (const [layer, { directions }] of a.layers) {
      for (const [kind, { data }] of Object.entries(directions)) {
        const other = b.layers.get(layer)!.directions[kind as 'linear']!.data;
        data.forEach((value, at) => {
          expect(Math.abs(value - other[at]!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)));
        });
      }
    }
  };

  test.each([[[SAMPLES]], [[1, 20]], [[5, 9, 7]], [Array.from({ length: SAMPLES }, () => 1)]])(
    'do not depend on batches of %j',
    async (sizes) => {
      let from = 0;
      const batches = sizes.map((size) => part(from, (from += size)));
      const once = await fitPatterns(networkOf(linearCase), [x], { backend });
      close(once, await fitPatterns(networkOf(linearCase), batches, { backend }));
    },
  );

  test('of shards merge into those of the whole', async () => {
    const shards = await Promise.all(
      [1, 2, 3].map((index) =>
        fitPatterns(networkOf(linearCase), [x], { backend, shard: { index, count: 3 } }),
      ),
    );
    const whole = await fitPatterns(networkOf(linearCase), [x], { backend });
    const merged = await mergePatterns(shards);
    expect(merged.samples).toBe(SAMPLES);
    close(whole, merged);
    close(whole, await mergePatterns([shards[2]!, shards[0]!, shards[1]!]));
  });

  test('of separate halves merge, though each has shifts of its own', async () => {
    const halves = await Promise.all(
      [part(0, 9), part(9, SAMPLES)].map((half) =>
        fitPatterns(networkOf(linearCase), [half], { backend }),
      ),
    );
    close(await fitPatterns(networkOf(linearCase), [x], { backend }), await mergePatterns(halves));
  });

  test('do not depend on where a fit was interrupted', async () => {
    const controller = new AbortController();
    let kept:
      Parameters<NonNullable<Parameters<typeof fitPatterns>[2]['onCheckpoint']>>[0] | undefined;
    const cancelled = fitPatterns(networkOf(linearCase), [x], {
      backend,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 8) controller.abort();
      },
      onCheckpoint: (checkpoint) => {
        kept = structuredClone(checkpoint);
        return Promise.resolve();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(kept).toMatchObject({ nextBlock: 1, samples: 8 });
    const resumed = await fitPatterns(networkOf(linearCase), [x], { backend, resume: kept });
    expect(resumed.samples).toBe(SAMPLES);
    close(await fitPatterns(networkOf(linearCase), [x], { backend }), resumed);
  });

  test('within little memory take several passes and stay the same', async () => {
    const dense = fitted.find(
      ({ layer }) => layer.kind === 'dense' && layer.parameters['weights']!.tensor.shape[0]! > 1,
    )!;
    const data = dataOf(dense, 3);
    const passes: number[] = [];
    const split = await fitPatterns(networkOf(dense), [data], {
      backend,
      memory: 130,
      onProgress: (progress) => passes.push(progress.passes),
    });
    expect(Math.max(...passes)).toBeGreaterThan(1);
    const whole = await fitPatterns(networkOf(dense), [data], { backend });
    for (const [kind, { data: values }] of Object.entries(whole.layers.get('layer')!.directions)) {
      const other = split.layers.get('layer')!.directions[kind as 'linear']!.data;
      values.forEach((value, at) => {
        expect(other[at]!).toBeCloseTo(value, 5);
      });
    }
    async function* oneShot() {
      yield await Promise.resolve(data);
    }
    await expect(
      fitPatterns(networkOf(dense), oneShot(), { backend, memory: 130 }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('without any sample are refused', async () => {
    await expect(fitPatterns(networkOf(linearCase), [], { backend })).rejects.toMatchObject({
      code: 'empty-data',
    });
  });
});
