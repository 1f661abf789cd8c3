import {
  createExplainer,
  fitPatterns,
  type Network,
  resolveNetwork,
  tensor,
} from '@patternlens/core';
import {
  createNetwork,
  type ActivationAttributes,
  type Layer,
  type PointwiseFunction,
} from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { forward } from '../testing/forward.js';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { random } from '../testing/random.js';

const N = { batch: 1 };
const r = random(83);
const backend = referenceBackend();

const single = (value: number) => tensor(Float32Array.of(value), [1]);
const times = (name: string, input: string, value: number): Layer =>
  layerOf('scale', name, input, {}, { weights: single(value) });
const plus = (name: string, input: string, value: number): Layer =>
  layerOf('add-constant', name, input, {}, { value: single(value) });
const apply = (name: string, input: string, attributes: ActivationAttributes): Layer =>
  layerOf('activation', name, input, attributes);
const point = (name: string, input: string, of: PointwiseFunction): Layer =>
  layerOf('pointwise', name, input, { function: of });
const product = (name: string, a: string, b: string): Layer => layerOf('product', name, [a, b], {});
const sum = (name: string, a: string, b: string, second: 1 | -1 = 1): Layer =>
  layerOf('add', name, [a, b], { signs: [1, second] });
const clip = (low: number, high: number) => ({ function: 'clip', low, high }) as const;
const sigmoid = { function: 'sigmoid' } as const;

/** Activations as exporters write them: steps from `h` to `f`, and the one layer that they are. */
const spellings: Readonly<Record<string, [readonly Layer[], object]>> = {
  'x sigmoid(x)': [
    [apply('s', 'h', sigmoid), product('f', 'h', 's')],
    { attributes: { function: 'silu' } },
  ],
  'x / (1 + exp(-x))': [
    [
      times('n', 'h', -1),
      point('e', 'n', 'exp'),
      plus('d', 'e', 1),
      layerOf('quotient', 'f', ['h', 'd'], {}),
    ],
    { attributes: { function: 'silu' } },
  ],
  'x relu6(x + 3) / 6, by relu and min': [
    [
      plus('a', 'h', 3),
      rectifierOf('b', 'a'),
      apply('c', 'b', clip(-Infinity, 6)),
      product('p', 'h', 'c'),
      times('f', 'p', 1 / 6),
    ],
    { attributes: { function: 'hard-swish' } },
  ],
  'x hardsigmoid(x)': [
    [
      apply('s', 'h', { function: 'hard-sigmoid', alpha: 1 / 6, beta: 0.5 }),
      product('f', 's', 'h'),
    ],
    { attributes: { function: 'hard-swish' } },
  ],
  'x (1 + erf(x / sqrt 2)) / 2': [
    [
      times('a', 'h', Math.SQRT1_2),
      point('e', 'a', 'erf'),
      plus('b', 'e', 1),
      product('p', 'h', 'b'),
      times('f', 'p', 0.5),
    ],
    { attributes: { function: 'gelu', approximation: 'none' } },
  ],
  'x / 2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))': [
    [
      layerOf('power', 'cube', 'h', {}, { exponent: single(3) }),
      times('a', 'cube', 0.044715),
      sum('b', 'h', 'a'),
      times('c', 'b', Math.sqrt(2 / Math.PI)),
      apply('t', 'c', { function: 'tanh' }),
      plus('d', 't', 1),
      times('half', 'h', 0.5),
      product('f', 'half', 'd'),
    ],
    { attributes: { function: 'gelu', approximation: 'tanh' } },
  ],
  'x tanh(log(1 + exp x))': [
    [
      point('e', 'h', 'exp'),
      plus('a', 'e', 1),
      point('l', 'a', 'log'),
      apply('t', 'l', { function: 'tanh' }),
      product('f', 'h', 't'),
    ],
    { attributes: { function: 'mish' } },
  ],
  'x tanh(softplus x)': [
    [
      apply('s', 'h', { function: 'softplus' }),
      apply('t', 's', { function: 'tanh' }),
      product('f', 't', 'h'),
    ],
    { attributes: { function: 'mish' } },
  ],
  'min(relu x, 6)': [
    [rectifierOf('b', 'h'), apply('f', 'b', clip(-Infinity, 6))],
    { attributes: clip(0, 6) },
  ],
  'relu(min(x, 1))': [
    [apply('b', 'h', clip(-Infinity, 1)), rectifierOf('f', 'b')],
    { attributes: clip(0, 1) },
  ],
  'clip(x + 3, 0, 6) / 6': [
    [plus('a', 'h', 3), apply('b', 'a', clip(0, 6)), times('f', 'b', 1 / 6)],
    { attributes: { function: 'hard-sigmoid' } },
  ],
  'max(x, 0.2 x)': [
    [times('a', 'h', 0.2), layerOf('maximum', 'f', ['h', 'a'], {})],
    { attributes: { function: 'leaky-rectifier' } },
  ],
  '(x + |x|) / 2': [
    [point('a', 'h', 'abs'), sum('b', 'h', 'a'), times('f', 'b', 0.5)],
    { kind: 'rectifier' },
  ],
  'relu(x) - w relu(-x)': [
    [
      rectifierOf('a', 'h'),
      times('n', 'h', -1),
      rectifierOf('b', 'n'),
      layerOf('scale', 'c', 'b', {}, { weights: tensor(Float32Array.of(0.5, 0.25, -2), [3]) }),
      sum('f', 'a', 'c', -1),
    ],
    {
      attributes: { function: 'parametric-rectifier' },
      parameters: { slope: { tensor: tensor(Float32Array.of(0.5, 0.25, -2), [3]) } },
    },
  ],
};

const hidden = Array.from({ length: 3 }, () => Array.from(r.normal([4]).data));
const last = [Array.from(r.normal([3]).data), Array.from(r.normal([3]).data)];
const networkOf = (
  steps: readonly Layer[],
  outputs: readonly string[] = ['y'],
  more: readonly Layer[] = [],
): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: [N, 4] }],
    outputs,
    layers: [denseOf('h', 'x', hidden, [0.5, -1, 2]), ...steps, denseOf('y', 'f', last), ...more],
  });
const x = tensor(
  r.normal([6, 4]).data.map((value) => value * 4),
  [6, 4],
);

describe('activations that a file spells out', () => {
  test.each(Object.entries(spellings))('%s', (_name, [steps, wanted]) => {
    const network = networkOf(steps);
    const resolved = resolveNetwork(network);
    expect(resolved.layers.map(({ name }) => name)).toEqual(['h', 'f', 'y']);
    expect(resolved.layers[1]).toMatchObject(wanted);
    expect(resolved.changes).toEqual([
      expect.stringMatching(
        new RegExp(`^${steps.map(({ name }) => `"${name}"`).join(', ')} read as one activation: `),
      ),
    ]);
    // What the network computes stays: constants of the file are float32.
    const [now] = forward(resolved, { x }),
      [before] = forward(network, { x });
    expect(relativeDifference(now!.data, before!.data)).toBeLessThan(1e-6);
  });

  const silu = spellings['x sigmoid(x)']![0];
  test.each<[string, Network]>([
    [
      'a step is read elsewhere too',
      networkOf(silu, ['z'], [layerOf('concat', 'z', ['y', 's'], { axis: 1 })]),
    ],
    [
      'the limit is another than that of a known one',
      networkOf([plus('a', 'h', 1), product('f', 'h', 'a')]),
    ],
    [
      'it is an activation between factors that cancel',
      networkOf([times('a', 'h', 2), rectifierOf('b', 'a'), times('f', 'b', 0.5)]),
    ],
    [
      'it is a magnitude',
      networkOf([times('a', 'h', -1), layerOf('maximum', 'f', ['h', 'a'], {})]),
    ],
    [
      'it is off by a thousandth',
      networkOf([times('a', 'h', 1.001), apply('s', 'a', sigmoid), product('f', 'h', 's')]),
    ],
  ])('are left as they are where %s', (_name, network) => {
    const { changes, layers } = resolveNetwork(network);
    expect(changes).toEqual([]);
    expect(layers).toHaveLength(network.layers.length);
  });
});

describe('activations that are their input times a share of it', () => {
  const functions: Readonly<Record<string, [ActivationAttributes, (h: number) => number]>> = {
    silu: [{ function: 'silu' }, (h) => h / (1 + Math.exp(-h))],
    'hard swish': [{ function: 'hard-swish' }, (h) => (h * Math.min(Math.max(h + 3, 0), 6)) / 6],
    mish: [{ function: 'mish' }, (h) => h * Math.tanh(Math.log1p(Math.exp(h)))],
    gelu: [
      { function: 'gelu', approximation: 'tanh' },
      (h) => (h / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (h + 0.044715 * h ** 3))),
    ],
  };
  const biases = [0.5, -1, 2];
  const z = (sample: number, unit: number): number =>
    hidden[unit]!.reduce((total, w, at) => total + w * x.data[sample * 4 + at]!, biases[unit]!);

  test.each(Object.entries(functions))(
    '%s: LRP passes, patterns and Guided BackProp take f(x)/x',
    async (_name, [attributes, f]) => {
      const network = networkOf([apply('f', 'h', attributes)]);
      const patterns = await fitPatterns(network, [x], { backend, estimators: ['linear'] });
      const direction = patterns.layers.get('h')!.directions['linear']!.data;
      const top = patterns.layers.get('y')!.directions['linear']!.data;
      /** What comes back to `x` of class 1, by what passes a unit. */
      const back = (
        unitShare: (h: number, unit: number) => number,
        to: (unit: number, at: number, sample: number) => number,
      ): number[] =>
        Array.from({ length: 24 }, (_, place) => {
          const [sample, at] = [Math.floor(place / 4), place % 4];
          return hidden.reduce(
            (total, _row, unit) => total + unitShare(z(sample, unit), unit) * to(unit, at, sample),
            0,
          );
        });
      const run = async (method: object) => {
        const options = { backend, patterns, method: method as never };
        await using explainer = await createExplainer(network, options);
        return await explainer.explain(x, { target: 1 });
      };
      const lrp = await run({ id: 'lrp-0' });
      expect(
        relativeDifference(
          lrp.relevance.data,
          back(
            (h, unit) => (f(h) * last[1]![unit]!) / h,
            (unit, at, sample) => hidden[unit]![at]! * x.data[sample * 4 + at]!,
          ),
        ),
      ).toBeLessThan(1e-10);
      const net = await run({ id: 'pattern-net', estimator: 'linear' });
      const start = (place: number): number => net.starts[Math.floor(place / 4)]!;
      const signal = back(
        (h, unit) => (f(h) / h) * top[3 + unit]!,
        (unit, at) => direction[unit * 4 + at]!,
      ).map((value, place) => value * start(place));
      expect(relativeDifference(net.relevance.data, signal)).toBeLessThan(1e-6);
      const attribution = await run({ id: 'pattern-attribution', estimator: 'linear' });
      const attributed = back(
        (h, unit) => (f(h) / h) * top[3 + unit]! * last[1]![unit]!,
        (unit, at) => direction[unit * 4 + at]! * hidden[unit]![at]!,
      ).map((value, place) => value * start(place));
      expect(relativeDifference(attribution.relevance.data, attributed)).toBeLessThan(1e-6);
      const guided = await run({ id: 'guided-backprop' });
      expect(
        relativeDifference(
          guided.relevance.data,
          back(
            (h, unit) => (f(h) / h) * Math.max(last[1]![unit]!, 0),
            (unit, at) => hidden[unit]![at]!,
          ),
        ),
      ).toBeLessThan(1e-10);
    },
  );
});
