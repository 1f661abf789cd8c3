import {
  chooseMethod,
  createExplainer,
  inspectNetwork,
  type MethodChoice,
  type Network,
  type Shape,
  type Tensor,
  tensor,
  traceMethod,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import {
  defineMethod,
  definePlugin,
  lrpComposite,
  lrpEpsilon,
  lrpFlat,
} from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { forward } from '../testing/forward.js';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { random } from '../testing/random.js';

const N = { batch: 1 };
const SHAPE: Shape = [N, 3, 4, 5];
const r = random(29);
const kernel = r.normal([4, 3, 3, 3]);
const rows = Array.from({ length: 2 }, () => Array.from(r.normal([80]).data));
const pixels = tensor(
  r.normal([2, 3, 4, 5]).data.map((value) => Math.min(255, Math.abs(value) * 90)),
  [2, 3, 4, 5],
);
const backend = referenceBackend();

const per = (values: readonly number[]): Tensor => tensor(values, [3, 1, 1]);
const constant = (name: string, input: string, value: Tensor): Layer =>
  layerOf('add-constant', name, input, {}, { value });
const factor = (name: string, input: string, weights: Tensor, bias?: Tensor): Layer =>
  layerOf('scale', name, input, {}, bias ? { weights, bias } : { weights });

/** The network behind what normalises its input. */
const behind = (input: string): readonly Layer[] => [
  layerOf(
    'convolution',
    'conv',
    input,
    { strides: [1, 1], dilations: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1], groups: 1 },
    { weights: kernel, bias: r.normal([4, 1, 1]) },
  ),
  rectifierOf('relu', 'conv'),
  layerOf('reshape', 'flat', 'relu', { shape: [N, 80] }),
  denseOf('y', 'flat', rows),
];
const tail = behind('normal');
const withTail = (before: readonly Layer[], shape: Shape = SHAPE): Network =>
  createNetwork({
    inputs: [{ name: 'image', shape }],
    outputs: ['y'],
    layers: [...before, ...tail],
  });
const outside = createNetwork({
  inputs: [{ name: 'normal', shape: SHAPE }],
  outputs: ['y'],
  layers: tail,
});

const MEAN = [120, 110, 100],
  DEVIATION = [60, 50, 70];
const negated = (values: readonly number[]): number[] => values.map((value) => -value);
const inverse = (values: readonly number[]): number[] => values.map((value) => 1 / value);

/** What normalises, by how it is spelled; its value is called `normal`. */
const spellings: Readonly<Record<string, readonly Layer[]>> = {
  'a mean taken off, then a product': [
    constant('centred', 'image', per(negated(MEAN))),
    factor('normal', 'centred', per(inverse(DEVIATION))),
  ],
  'ended where the numbers of a quantised network end': [
    constant('centred', 'image', per(negated(MEAN))),
    factor('scaled', 'centred', per(inverse(DEVIATION))),
    layerOf('activation', 'normal', 'scaled', {
      function: 'clip',
      low: -9,
      high: 9,
      saturates: true,
    }),
  ],
  'one factor, then means, then factors': [
    factor('unit', 'image', tensor([1 / 255], [])),
    constant('centred', 'unit', per(MEAN.map((mean) => -mean / 255))),
    factor('normal', 'centred', per(DEVIATION.map((deviation) => 255 / deviation))),
  ],
  'a batch normalisation': [
    layerOf(
      'batch-normalisation',
      'normal',
      'image',
      { epsilon: 1e-3 },
      {
        scale: tensor([1, 2, -3], [3]),
        shift: tensor([0.5, 0, -1], [3]),
        mean: tensor(MEAN, [3]),
        variance: tensor(
          DEVIATION.map((deviation) => deviation ** 2),
          [3],
        ),
      },
    ),
  ],
  'negative factors with a bias': [
    factor('normal', 'image', per([-0.01, 0.02, -0.03]), per([1, 2, 3])),
  ],
};

/** What every channel of the normalised input lies between, where pixels lie between 0 and 255. */
function normalisedBounds(before: readonly Layer[]): { low: number[]; high: number[] } {
  const network = createNetwork({
    inputs: [{ name: 'image', shape: SHAPE }],
    outputs: ['normal'],
    layers: before,
  });
  const at = (pixel: number): number[] => {
    const image = tensor(new Float64Array(60).fill(pixel), [1, 3, 4, 5]);
    const [normal] = forward(network, { image });
    return [0, 20, 40].map((place) => normal!.data[place]!);
  };
  const dark = at(0),
    light = at(255);
  return {
    low: dark.map((value, channel) => Math.min(value, light[channel]!)),
    high: dark.map((value, channel) => Math.max(value, light[channel]!)),
  };
}

const normalise = (before: readonly Layer[]): Tensor =>
  forward(
    createNetwork({
      inputs: [{ name: 'image', shape: SHAPE }],
      outputs: ['normal'],
      layers: before,
    }),
    { image: pixels },
  )[0]!;

const relevanceOf = async (network: Network, method: MethodChoice, input: Tensor) => {
  await using explainer = await createExplainer(network, { backend, method });
  return (await explainer.explain(input, { target: 1 })).relevance;
};

const unbounded: readonly MethodChoice[] = [
  'epsilon-plus-flat',
  'epsilon-alpha2-beta1-flat',
  'deep-taylor',
  { id: 'deep-taylor', input: 'positive' },
];
const boxed = (low: number | number[], high: number | number[]): readonly MethodChoice[] => [
  { id: 'lrp-z-box', low, high },
  { id: 'epsilon-gamma-box', low, high },
  { id: 'deep-taylor', low, high },
];

describe('rules for inputs reach the input through what normalises it', () => {
  test.each(Object.entries(spellings))('%s: as if it stood outside', async (_name, before) => {
    const inside = withTail(before);
    const normal = normalise(before);
    const { low, high } = normalisedBounds(before);
    const outer = [...unbounded, ...boxed(low, high)];
    for (const [index, method] of [...unbounded, ...boxed(0, 255)].entries()) {
      const got = await relevanceOf(inside, method, pixels);
      const want = await relevanceOf(outside, outer[index]!, normal);
      expect(relativeDifference(got.data, want.data)).toBeLessThan(1e-12);
    }
  });

  test('with a constant for every pixel', async () => {
    const full = tensor(r.normal([3, 4, 5]).data, [3, 4, 5]);
    const before = [
      constant('centred', 'image', full),
      factor('normal', 'centred', tensor([0.02], [])),
    ];
    const normal = normalise(before);
    for (const method of unbounded) {
      const want = await relevanceOf(outside, method, normal);
      const got = await relevanceOf(withTail(before), method, pixels);
      expect(relativeDifference(got.data, want.data)).toBeLessThan(1e-12);
    }
  });

  test('with layout before and behind it', async () => {
    const last = withTail(
      [
        constant('centred', 'image', tensor(negated(MEAN), [3])),
        layerOf('transpose', 'first', 'centred', { permutation: [0, 3, 1, 2] }),
        factor('normal', 'first', per(inverse(DEVIATION))),
      ],
      [N, 4, 5, 3],
    );
    const turned = new Float64Array(120);
    pixels.data.forEach((value, at) => {
      const [sample, channel, place] = [Math.floor(at / 60), Math.floor(at / 20) % 3, at % 20];
      turned[sample * 60 + place * 3 + channel] = value;
    });
    const before = spellings['a mean taken off, then a product']!;
    for (const method of [...unbounded, ...boxed(0, 255)]) {
      const want = await relevanceOf(withTail(before), method, pixels);
      const got = await relevanceOf(last, method, tensor(turned, [2, 4, 5, 3]));
      const back = want.data.map((_, at) => {
        const [sample, channel, place] = [Math.floor(at / 60), Math.floor(at / 20) % 3, at % 20];
        return got.data[sample * 60 + place * 3 + channel]!;
      });
      expect(relativeDifference(back, want.data)).toBeLessThan(1e-12);
    }
  });

  test('of several inputs', async () => {
    const dense = denseOf('y', 'both', [[1, -2, 3, 4]]);
    const network = createNetwork({
      inputs: ['a', 'b'].map((name) => ({ name, shape: [N, 2] })),
      outputs: ['y'],
      layers: [
        factor('halved', 'a', tensor([0.5], [])),
        constant('shifted', 'b', tensor([1, 2], [2])),
        layerOf('concat', 'both', ['halved', 'shifted'], { axis: 1 }),
        dense,
      ],
    });
    await using explainer = await createExplainer(network, {
      backend,
      method: { id: 'lrp-z-box', low: 0, high: 1 },
    });
    const { relevanceByInput, starts } = await explainer.explain({
      a: tensor([0.5, 1], [1, 2]),
      b: tensor([0.25, 0.5], [1, 2]),
    });
    // x w - low w+ - high w- over the normalised x = 1/4, 1/2, 5/4, 5/2 between 0..1/2, 0..1/2, 1..2, 2..3.
    const parts = [1 / 4, 0, 3 / 4, 2];
    expect(starts[0]).toBeCloseTo(1 / 4 - 1 + 15 / 4 + 10, 12);
    const got = [...relevanceByInput['a']!.data, ...relevanceByInput['b']!.data];
    parts.forEach((part, at) => {
      expect(got[at]).toBeCloseTo((part / 3) * starts[0]!, 12);
    });
  });
});

test('an average in front of the first linear layer shares what the rule gives it', async () => {
  const pool = {
    kernel: [2, 2],
    strides: [2, 2],
    dilations: [1, 1],
    padsBegin: [0, 0],
    padsEnd: [0, 0],
    countedBegin: [0, 0],
    countedEnd: [0, 0],
  };
  const network = withTail([layerOf('average-pool', 'normal', 'image', pool)], [N, 3, 8, 10]);
  const large = tensor(
    r.normal([2, 3, 8, 10]).data.map((value) => Math.abs(value) * 90),
    [2, 3, 8, 10],
  );
  /** Sums over the windows. */
  const pooled = (data: ArrayLike<number>, factor: number): Float64Array => {
    const sums = new Float64Array(120);
    Array.from(data).forEach((value, at) => {
      const [plane, row, column] = [Math.floor(at / 80), Math.floor(at / 10) % 8, at % 10];
      sums[plane * 20 + Math.floor(row / 2) * 5 + Math.floor(column / 2)]! += value * factor;
    });
    return sums;
  };
  const small = tensor(pooled(large.data, 1 / 4), [2, 3, 4, 5]);
  for (const method of [...unbounded, ...boxed(0, 400)]) {
    const want = await relevanceOf(outside, method, small);
    const got = await relevanceOf(network, method, large);
    expect(relativeDifference(pooled(got.data, 1), want.data)).toBeLessThan(1e-12);
  }
});

describe('padding is no input, also where something is between it and the layer', () => {
  const padded = (value: number): Network =>
    createNetwork({
      inputs: [{ name: 'x', shape: [N, 1, 3] }],
      outputs: ['y'],
      layers: [
        layerOf('pad', 'pad', 'x', { begin: [0, 0, 1], end: [0, 0, 1], value }),
        constant('centred', 'pad', tensor([-1], [])),
        layerOf(
          'convolution',
          'y',
          'centred',
          { strides: [1], dilations: [1], padsBegin: [0], padsEnd: [0], groups: 1 },
          { weights: tensor([1, 2, 3], [1, 1, 3]) },
        ),
      ],
    });

  test.each([
    ['epsilon-plus-flat', [1 / 2, 1 / 2, 0]],
    ['deep-taylor', [4 / 13, 9 / 13, 0]],
  ] as const)('%s', async (method, shares) => {
    for (const value of [0, 7]) {
      await using explainer = await createExplainer(padded(value), { backend, method });
      const { relevance, starts } = await explainer.explain(tensor([2, 5, 1], [1, 1, 3]), {
        target: { layer: 'y', channel: 0, position: [0] },
      });
      shares.forEach((share, at) => {
        expect(relevance.data[at]).toBeCloseTo(share * starts[0]!, 10);
      });
    }
  });
});

describe('where no rule for inputs reaches an input', () => {
  const early = createNetwork({
    inputs: [{ name: 'x', shape: [N, 3] }],
    outputs: ['y'],
    layers: [
      constant('centred', 'x', tensor([1, 2, 3], [3])),
      rectifierOf('early', 'centred'),
      denseOf('y', 'early', [[1, 2, 3]]),
    ],
  });

  test('the method is refused by name, others are not', () => {
    for (const method of [...unbounded, ...boxed(0, 1)])
      expect(() => traceMethod(early, { method })).toThrow(
        /"centred": no dense layer or convolution reads an input/,
      );
    const plugin = definePlugin({
      name: 'patternlens-own',
      version: '1.0.0',
      methods: [
        defineMethod({
          id: 'own',
          group: 'attribution',
          start: 'value',
          composite: () => lrpComposite(lrpEpsilon(1), lrpFlat),
        }),
      ],
    });
    const own = { method: chooseMethod('own'), plugins: [plugin] };
    expect(() => traceMethod(early, own)).toThrow(/"centred": no dense layer/);
    for (const method of ['lrp-epsilon', 'epsilon-plus', 'lrp-flat'] as const)
      expect(() => traceMethod(early, { method })).not.toThrow();
    const { methods } = inspectNetwork(early);
    expect(methods['epsilon-plus-flat']!.problems).toEqual([
      { layer: 'centred', reason: expect.stringContaining('would never be applied') as string },
    ]);
    expect(methods['epsilon-plus']!.supported).toBe(true);
  });

  test('it is told of an input that arrives elsewhere', () => {
    const residual = createNetwork({
      inputs: [{ name: 'x', shape: [N, 2] }],
      outputs: ['y'],
      layers: [
        denseOf('inner', 'x', [
          [1, 2],
          [3, 4],
        ]),
        layerOf('add', 'sum', ['inner', 'x'], { signs: [1, 1] }),
        denseOf('y', 'sum', [[1, -1]]),
      ],
    });
    const { methods } = inspectNetwork(residual);
    expect(methods['epsilon-plus-flat']).toMatchObject({
      supported: true,
      notes: [{ layer: 'sum', reason: expect.stringContaining('does not reach') as string }],
    });
    expect(methods['epsilon-plus']!.notes).toEqual([]);
  });
});
