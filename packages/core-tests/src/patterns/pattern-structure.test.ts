import {
  resolveNetwork,
  createExplainer,
  fitPatterns,
  type MethodChoice,
  type Network,
  type PatternSet,
  type Shape,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { relativeDifference } from '../testing/compare.js';
import { layerOf, rectifierOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import {
  back,
  matrixFor,
  patternMethods as methods,
  patternOf,
  rows,
  total,
  weightsOf,
} from '../testing/pattern-matrices.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const r = random(41);
const N = { batch: 1 };
const SAMPLES = 40;

const chain = (inputShape: Shape, layers: readonly Layer[]): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: inputShape }],
    outputs: [layers.at(-1)!.output],
    layers,
  });

/** A bias that opens every gate for inputs of this file's size. */
const OPEN = 100;
/** The same for a layer that reads such values. */
const WIDE = 1e5;
const bias = (size: number, value: number, axes = 0): Tensor => ({
  data: new Float64Array(size).fill(value),
  shape: [size, ...new Array<number>(axes).fill(1)],
});

const dense = (name: string, from: string, inputs: number, outputs: number, bias?: Tensor): Layer =>
  layerOf(
    'dense',
    name,
    from,
    {},
    {
      weights: r.normal([outputs, inputs]),
      ...(bias ? { bias } : {}),
    },
  );

const window = (rank: number, pad: number, stride = 1, groups = 1) => ({
  strides: new Array<number>(rank).fill(stride),
  dilations: new Array<number>(rank).fill(1),
  padsBegin: new Array<number>(rank).fill(pad),
  padsEnd: new Array<number>(rank).fill(pad),
  groups,
});

const data = (network: Network, samples = SAMPLES): Tensor =>
  r.normal([samples, ...(network.inputs[0]!.shape.slice(1) as number[])]);

async function run(
  network: Network,
  method: MethodChoice,
  patterns: PatternSet,
  x: Tensor,
  target = 0,
): Promise<{ relevance: number[]; start: number }> {
  await using explainer = await createExplainer(network, { backend, method, patterns });
  const { relevance, starts } = await explainer.explain(x, { target });
  return { relevance: Array.from(relevance.data), start: starts[0]! };
}

const expectClose = (got: readonly number[], want: readonly number[]): void => {
  expect(got).toHaveLength(want.length);
  expect(relativeDifference(got, want)).toBeLessThan(1e-10);
};

describe('one linear layer behind another, all gates open', () => {
  test("w'a is 1, so PatternAttribution keeps the sum", async () => {
    const network = chain(
      [N, 5],
      [
        dense('a', 'x', 5, 4, bias(4, OPEN)),
        rectifierOf('r', 'a'),
        dense('b', 'r', 4, 2, bias(2, WIDE)),
      ],
    );
    const patterns = await fitPatterns(network, [data(network)], { backend });
    for (const layer of ['a', 'b']) {
      const w = weightsOf(network, layer);
      rows(patternOf(patterns, layer)).forEach((a, n) => {
        expect(total(a.map((value, d) => value * w[n]![d]!))).toBeCloseTo(1, 12);
      });
    }
    const { relevance, start } = await run(
      network,
      'pattern-attribution',
      patterns,
      data(network, 1),
    );
    expect(total(relevance) / start).toBeCloseTo(1, 9);
  });

  test('what arrives at a closed gate is lost', async () => {
    const network = chain(
      [N, 5],
      [dense('a', 'x', 5, 6), rectifierOf('r', 'a'), dense('b', 'r', 6, 2)],
    );
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const lost: number[] = [];
    for (let sample = 0; sample < 6; sample++) {
      const x = data(network, 1);
      const { relevance, start } = await run(network, 'pattern-attribution', patterns, x);
      const z = weightsOf(network, 'a').map((w) => total(w.map((value, d) => value * x.data[d]!)));
      const arrived = back(matrixFor('pattern-attribution', network, patterns, 'b'), [start, 0]);
      const closed = total(arrived.filter((_, n) => z[n]! <= 0));
      expect(total(relevance)).toBeCloseTo(start - closed, 10);
      lost.push(closed);
    }
    expect(lost.filter((closed) => closed !== 0).length).toBeGreaterThan(2);
  });

  test('what falls on padding is lost', async () => {
    const network = chain(
      [N, 1, 4],
      [
        layerOf('convolution', 'a', 'x', window(1, 1), {
          weights: r.normal([1, 1, 3]),
          bias: bias(1, OPEN, 1),
        }),
        rectifierOf('r', 'a'),
        layerOf('reshape', 'f', 'r', { shape: [N, 4] }),
        dense('b', 'f', 4, 1, bias(1, OPEN)),
      ],
    );
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const { relevance, start } = await run(
      network,
      'pattern-attribution',
      patterns,
      data(network, 1),
    );
    const taps = matrixFor('pattern-attribution', network, patterns, 'a')[0]!;
    const arrived = back(matrixFor('pattern-attribution', network, patterns, 'b'), [start]);
    expect(total(relevance)).toBeCloseTo(
      start - arrived[0]! * taps[0]! - arrived[3]! * taps[2]!,
      9,
    );
  });
});

describe('a residual block', () => {
  const build = (signs: readonly (1 | -1)[], shift?: number): Network =>
    chain(
      [N, 5],
      [
        dense('a', 'x', 5, 6, shift === undefined ? undefined : bias(6, shift)),
        rectifierOf('r', 'a'),
        dense('b', 'r', 6, 5, bias(5, shift === undefined ? 0 : WIDE)),
        layerOf('add', 's', ['b', 'x'], { signs }),
        dense('c', 's', 5, 2, bias(2, 1e3 * WIDE)),
      ],
    );

  test.each(
    methods.flatMap((method) =>
      (
        [
          [1, 1],
          [1, -1],
        ] as const
      ).map((signs) => [method, signs] as const),
    ),
  )('%s copies to both ways, signs %j', async (method, signs) => {
    const network = build(signs);
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const x = data(network, 1);
    const { relevance, start } = await run(network, method, patterns, x);
    const matrix = (layer: string) => matrixFor(method, network, patterns, layer);
    const sum = back(matrix('c'), [start, 0]);
    const z = weightsOf(network, 'a').map((w) => total(w.map((value, d) => value * x.data[d]!)));
    const inside = back(matrix('b'), sum).map((value, n) => (z[n]! > 0 ? value : 0));
    const through = back(matrix('a'), inside);
    expectClose(
      relevance,
      sum.map((value, d) => signs[1] * value + through[d]!),
    );
  });

  test('doubles the sum where every gate is open: PatternAttribution is not conserved there', async () => {
    const network = build([1, 1], OPEN);
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const { relevance, start } = await run(
      network,
      'pattern-attribution',
      patterns,
      data(network, 1),
    );
    expect(total(relevance) / start).toBeCloseTo(2, 9);
  });
});

describe('a concatenation', () => {
  test.each(methods)('%s gives each branch its slice', async (method) => {
    const network = chain(
      [N, 4],
      [
        dense('a', 'x', 4, 3, bias(3, OPEN)),
        rectifierOf('ra', 'a'),
        dense('b', 'x', 4, 2, bias(2, OPEN)),
        rectifierOf('rb', 'b'),
        layerOf('concat', 'c', ['ra', 'rb'], { axis: 1 }),
        dense('d', 'c', 5, 1, bias(1, WIDE)),
      ],
    );
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const { relevance, start } = await run(network, method, patterns, data(network, 1));
    const matrix = (layer: string) => matrixFor(method, network, patterns, layer);
    const joined = back(matrix('d'), [start]);
    const [left, right] = [
      back(matrix('a'), joined.slice(0, 3)),
      back(matrix('b'), joined.slice(3)),
    ];
    expectClose(
      relevance,
      left.map((value, d) => value + right[d]!),
    );
    if (method === 'pattern-attribution') expect(total(relevance) / start).toBeCloseTo(1, 9);
  });
});

describe('convolutions', () => {
  test('the patterns of a depthwise convolution are those of each channel by itself', async () => {
    const weights = r.normal([6, 1, 3, 3]);
    const b = r.normal([6, 1, 1]);
    const network = chain(
      [N, 3, 5, 4],
      [layerOf('convolution', 'a', 'x', window(2, 1, 1, 3), { weights, bias: b })],
    );
    const x = data(network);
    const whole = rows(patternOf(await fitPatterns(network, [x], { backend }), 'a'));
    for (const channel of [0, 1, 2]) {
      const single = chain(
        [N, 1, 5, 4],
        [
          layerOf('convolution', 'a', 'x', window(2, 1), {
            weights: {
              data: weights.data.slice(channel * 18, (channel + 1) * 18),
              shape: [2, 1, 3, 3],
            },
            bias: { data: b.data.slice(channel * 2, channel * 2 + 2), shape: [2, 1, 1] },
          }),
        ],
      );
      const part = rows(x).map((sample) => sample.slice(channel * 20, (channel + 1) * 20));
      const alone = await fitPatterns(
        single,
        [{ data: Float64Array.from(part.flat()), shape: [SAMPLES, 1, 5, 4] }],
        { backend },
      );
      expectClose(
        rows(patternOf(alone, 'a')).flat(),
        whole.slice(channel * 2, channel * 2 + 2).flat(),
      );
    }
  });

  test('the patterns of a transposed convolution are those of a convolution over the input with zeros between', async () => {
    const [inputs, outputs, kernel, stride, size] = [2, 3, 3, 2, 4];
    const weights = r.normal([inputs, outputs, kernel]);
    const b = r.normal([outputs, 1]);
    const out = (size - 1) * stride + kernel;
    const network = chain(
      [N, inputs, size],
      [
        layerOf(
          'transposed-convolution',
          'a',
          'x',
          { ...window(1, 0, stride), outputSpatial: [out] },
          { weights, bias: b },
        ),
      ],
    );
    const x = data(network);
    const at = (i: number, o: number, k: number): number => (i * outputs + o) * kernel + k;
    const turned = (values: Tensor): number[] =>
      Array.from({ length: outputs * inputs * kernel }, (_, flat) => {
        const [o, i, k] = [
          Math.floor(flat / (inputs * kernel)),
          Math.floor(flat / kernel) % inputs,
          flat % kernel,
        ];
        return values.data[at(i, o, kernel - 1 - k)]!;
      });
    const stuffedSize = (size - 1) * stride + 1;
    const stuffed = new Float64Array(SAMPLES * inputs * stuffedSize);
    x.data.forEach((value, flat) => {
      stuffed[Math.floor(flat / size) * stuffedSize + (flat % size) * stride] = value;
    });
    const other = chain(
      [N, inputs, stuffedSize],
      [
        layerOf('convolution', 'a', 'x', window(1, kernel - 1), {
          weights: { data: Float64Array.from(turned(weights)), shape: [outputs, inputs, kernel] },
          bias: b,
        }),
      ],
    );
    const got = patternOf(await fitPatterns(network, [x], { backend }), 'a');
    const want = patternOf(
      await fitPatterns(other, [{ data: stuffed, shape: [SAMPLES, inputs, stuffedSize] }], {
        backend,
      }),
      'a',
    );
    expectClose(turned(got), Array.from(want.data));
  });
});

describe('batch normalisation', () => {
  const statistics = (
    channels: number,
  ): Record<'scale' | 'shift' | 'mean' | 'variance', Tensor> => {
    const positive = (): Tensor => {
      const { data, shape } = r.normal([channels]);
      return { data: data.map((value) => 0.5 + value ** 2), shape };
    };
    return {
      scale: positive(),
      shift: r.normal([channels]),
      mean: r.normal([channels]),
      variance: positive(),
    };
  };
  const epsilon = 1e-3;

  test('behind a linear layer is folded: patterns are those of the folded weights', async () => {
    const weights = r.normal([3, 4]);
    const bn = statistics(3);
    const end = dense('b', 'r', 3, 2);
    const network = chain(
      [N, 4],
      [
        layerOf('dense', 'a', 'x', {}, { weights, bias: r.normal([3]) }),
        layerOf('batch-normalisation', 'n', 'a', { epsilon }, bn),
        rectifierOf('r', 'n'),
        end,
      ],
    );
    const bias = network.layers[0]!.parameters['bias']!.tensor.data;
    const factor = (n: number): number =>
      bn.scale.data[n]! / Math.sqrt(bn.variance.data[n]! + epsilon);
    const folded = chain(
      [N, 4],
      [
        layerOf(
          'dense',
          'a',
          'x',
          {},
          {
            weights: {
              data: Float64Array.from(
                weights.data,
                (value, at) => value * factor(Math.floor(at / 4)),
              ),
              shape: [3, 4],
            },
            bias: {
              data: Float64Array.from(
                bias,
                (value, n) => (value - bn.mean.data[n]!) * factor(n) + bn.shift.data[n]!,
              ),
              shape: [3],
            },
          },
        ),
        rectifierOf('r', 'a'),
        end,
      ],
    );
    const [x, one] = [data(network), data(network, 1)];
    const [patterns, other] = [
      await fitPatterns(network, [x], { backend }),
      await fitPatterns(folded, [x], { backend }),
    ];
    expectClose(Array.from(patternOf(patterns, 'a').data), Array.from(patternOf(other, 'a').data));
    for (const method of methods) {
      const got = await run(network, method, patterns, one);
      expectClose(got.relevance, (await run(folded, method, other, one)).relevance);
    }
  });

  test('that stands alone: PatternNet divides by its weights, PatternAttribution passes', async () => {
    const bn = statistics(4);
    const network = chain(
      [N, 4],
      [
        layerOf('batch-normalisation', 'n', 'x', { epsilon }, bn),
        dense('a', 'n', 4, 2, bias(2, OPEN)),
      ],
    );
    const patterns = await fitPatterns(network, [data(network)], { backend });
    expect([...patterns.layers.keys()]).toEqual(['a']);
    for (const method of methods) {
      const { relevance, start } = await run(network, method, patterns, data(network, 1));
      const arrived = back(matrixFor(method, network, patterns, 'a'), [start, 0]);
      const weight = (c: number): number =>
        bn.scale.data[c]! / Math.sqrt(bn.variance.data[c]! + epsilon);
      const want = arrived.map((value, c) =>
        method === 'pattern-net' ? value / weight(c) : value,
      );
      expectClose(relevance, want);
    }
  });

  test('folded forward, patterns are others: an option, said in the changes', async () => {
    const network = chain(
      [N, 4],
      [layerOf('batch-normalisation', 'n', 'x', { epsilon }, statistics(4)), dense('a', 'n', 4, 2)],
    );
    const forward = resolveNetwork(network, { foldForward: true });
    expect(forward.layers.map(({ kind }) => kind)).toEqual(['dense']);
    expect(forward.changes.join(' ')).toContain('"n"');
    const kept = resolveNetwork(network);
    expect(kept.layers.map(({ kind }) => kind)).toEqual(['scale', 'dense']);
    const x = data(network);
    const regimes = await Promise.all(
      [kept, forward].map((net) => fitPatterns(net, [x], { backend })),
    );
    const [linear, other] = regimes.map(
      (patterns) => patterns.layers.get('a')!.directions.linear!.data,
    );
    expect(linear).not.toEqual(other);
  });
});

describe('averages', () => {
  test('share out what arrives: PatternAttribution keeps the sum without padding', async () => {
    const network = chain(
      [N, 2, 4],
      [
        layerOf('convolution', 'a', 'x', window(1, 0), {
          weights: r.normal([3, 2, 1]),
          bias: bias(3, OPEN, 1),
        }),
        layerOf('mean', 'm', 'a', { axes: [2] }),
        layerOf('reshape', 'f', 'm', { shape: [N, 3] }),
        dense('b', 'f', 3, 1, bias(1, OPEN)),
      ],
    );
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const { relevance, start } = await run(
      network,
      'pattern-attribution',
      patterns,
      data(network, 1),
    );
    expect(total(relevance) / start).toBeCloseTo(1, 9);
  });
});

describe('what patterns do not define', () => {
  const layers: Readonly<Record<string, Layer>> = {
    'a product of two values': layerOf('product', 'p', ['a', 'x'], {}),
    'a softmax inside': layerOf('softmax', 'p', 'a', { axis: 1 }),
    'a function that is no activation': layerOf('pointwise', 'p', 'a', { function: 'abs' }),
  };

  test.each(Object.entries(layers))('%s is refused by its name', async (_name, layer) => {
    const network = chain([N, 4], [dense('a', 'x', 4, 4), layer, dense('b', 'p', 4, 2)]);
    const patterns = await fitPatterns(network, [data(network)], { backend });
    for (const method of methods)
      await expect(run(network, method, patterns, data(network, 1))).rejects.toMatchObject({
        code: 'unsupported-layer',
        message: expect.stringContaining('"p"') as string,
      });
  });

  test("a rule of one's own goes on from there", async () => {
    const network = chain(
      [N, 4],
      [dense('a', 'x', 4, 4), layers['a function that is no activation']!, dense('b', 'p', 4, 2)],
    );
    const patterns = await fitPatterns(network, [data(network)], { backend });
    await using explainer = await createExplainer(network, {
      backend,
      method: 'pattern-attribution',
      patterns,
      composite: [
        [
          ({ name }) => name === 'p',
          { name: 'pass', backward: (_scope, relevance) => [relevance] },
        ],
      ],
    });
    const { sums, starts } = await explainer.explain(data(network, 1), { target: 0 });
    expect(sums[0]!).toBeCloseTo(starts[0]!, 9);
  });
});
