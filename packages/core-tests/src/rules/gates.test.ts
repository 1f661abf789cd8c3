import {
  createExplainer,
  fitPatterns,
  inspectNetwork,
  METHODS,
  type MethodChoice,
  type Network,
  tensor,
  traceMethod,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { definePlugin, defineRule, kinds } from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { random } from '../testing/random.js';

const N = { batch: 1 };
const r = random(47);
const backend = referenceBackend();
const rowsOf = (outputs: number, inputs: number): number[][] =>
  Array.from({ length: outputs }, () => Array.from(r.normal([inputs]).data));

const VALUE = rowsOf(3, 4),
  GATE = rowsOf(3, 4),
  LAST = rowsOf(2, 3);
const sigmoid = { function: 'sigmoid' } as const;
const product = (name: string, a: string, b: string): Layer => layerOf('product', name, [a, b], {});

/** `LAST ((VALUE x) * gate(GATE x))`; the gate is the layer `g`. */
const gated = (gate: readonly Layer[], pair: Layer = product('z', 'v', 'g')): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: [N, 4] }],
    outputs: ['y'],
    layers: [
      denseOf('v', 'x', VALUE),
      denseOf('p', 'x', GATE),
      ...gate,
      pair,
      denseOf('y', 'z', LAST),
    ],
  });
const open = layerOf('activation', 'g', 'p', sigmoid);
const x = r.normal([3, 4]);
const at = (sample: number, rows: readonly number[][]): number[] =>
  rows.map((row) => row.reduce((sum, w, j) => sum + w * x.data[sample * 4 + j]!, 0));
const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

const explain = async (network: Network, method: MethodChoice, target: number | 'top' = 1) => {
  const patterns = await fitPatterns(network, [x], { backend, estimators: ['linear'] });
  await using explainer = await createExplainer(network, { backend, method, patterns });
  return await explainer.explain(x, { target });
};

/** What comes back to x of class 1: by unit, what comes back to the value and to what the gate is made of, through their weights or others. */
const expected = (
  toValue: (v: number, p: number, unit: number, sample: number) => number,
  toGate: (v: number, p: number, unit: number, sample: number) => number,
  through: (rows: readonly number[][], unit: number, j: number, sample: number) => number,
): number[] =>
  Array.from({ length: 12 }, (_, place) => {
    const [sample, j] = [Math.floor(place / 4), place % 4];
    const values = at(sample, VALUE),
      gates = at(sample, GATE);
    return values.reduce(
      (sum, v, unit) =>
        sum +
        toValue(v, gates[unit]!, unit, sample) * through(VALUE, unit, j, sample) +
        toGate(v, gates[unit]!, unit, sample) * through(GATE, unit, j, sample),
      0,
    );
  });
const inProportion = (rows: readonly number[][], unit: number, j: number, sample: number): number =>
  (rows[unit]![j]! * x.data[sample * 4 + j]!) / at(sample, rows)[unit]!;
const weights = (rows: readonly number[][], unit: number, j: number): number => rows[unit]![j]!;
const last = (unit: number): number => LAST[1]![unit]!;

describe('a value times a gate', () => {
  test('of LRP: all to the value, so that all is conserved', async () => {
    const { relevance, sums, starts } = await explain(gated([open]), 'lrp-0');
    const want = expected(
      (v, p, unit) => v * logistic(p) * last(unit),
      () => 0,
      inProportion,
    );
    expect(relativeDifference(relevance.data, want)).toBeLessThan(1e-12);
    sums.forEach((sum, sample) => {
      expect(sum).toBeCloseTo(starts[sample]!, 12);
    });
  });

  test('of LRP: in halves where that is asked for, which the recipe says', async () => {
    const { relevance, sums, starts, recipe } = await explain(gated([open]), {
      id: 'lrp-0',
      gate: 'half',
    });
    const part = (v: number, p: number, unit: number): number => (v * logistic(p) * last(unit)) / 2;
    expect(relativeDifference(relevance.data, expected(part, part, inProportion))).toBeLessThan(
      1e-12,
    );
    sums.forEach((sum, sample) => {
      expect(sum).toBeCloseTo(starts[sample]!, 12);
    });
    expect(recipe.parameters['gate']).toBe('half');
  });

  test('every method of LRP has the choice, and holds the gate by default', () => {
    for (const { id, parameters } of METHODS)
      if (/^(lrp|epsilon|deep|pattern)/.test(id))
        expect(parameters['gate']).toEqual({ default: 'hold', choices: ['hold', 'half'] });
  });

  test('of patterns: times the gate, as at a rectifier', async () => {
    const network = gated([open]);
    const patterns = await fitPatterns(network, [x], { backend, estimators: ['linear'] });
    const of = (layer: string) => patterns.layers.get(layer)!.directions['linear']!.data;
    const net = await explain(network, { id: 'pattern-net', estimator: 'linear' });
    const start = (sample: number): number => net.starts[sample]!;
    const signal = expected(
      (_v, p, unit, sample) => logistic(p) * of('y')[3 + unit]! * start(sample),
      () => 0,
      (_rows, unit, j) => of('v')[unit * 4 + j]!,
    );
    expect(relativeDifference(net.relevance.data, signal)).toBeLessThan(1e-6);
    const attribution = await explain(network, { id: 'pattern-attribution', estimator: 'linear' });
    const attributed = expected(
      (_v, p, unit, sample) => logistic(p) * of('y')[3 + unit]! * last(unit) * start(sample),
      () => 0,
      (rows, unit, j) => of('v')[unit * 4 + j]! * rows[unit]![j]!,
    );
    expect(relativeDifference(attribution.relevance.data, attributed)).toBeLessThan(1e-6);
  });

  test('of DeConvNet and Guided BackProp: times the gate', async () => {
    const want = expected(
      (_v, p, unit) => logistic(p) * last(unit),
      () => 0,
      weights,
    );
    for (const method of ['deconvnet', 'guided-backprop'] as const) {
      const { relevance } = await explain(gated([open]), method);
      expect(relativeDifference(relevance.data, want)).toBeLessThan(1e-12);
    }
  });

  const spellings: Readonly<Record<string, readonly Layer[]>> = {
    'a hard sigmoid': [
      layerOf('activation', 'g', 'p', { function: 'hard-sigmoid', alpha: 0.2, beta: 0.5 }),
    ],
    'a softmax': [layerOf('softmax', 'g', 'p', { axis: 1 })],
    'a softmax in steps': [
      layerOf('pointwise', 'e', 'p', { function: 'exp' }),
      layerOf('sum', 's', 'e', { axes: [1] }),
      layerOf('quotient', 'g', ['e', 's'], {}),
    ],
    'relu6(p + 3) / 6': [
      layerOf('add-constant', 'a', 'p', {}, { value: tensor([3], []) }),
      layerOf('activation', 'b', 'a', { function: 'clip', low: 0, high: 6 }),
      layerOf('scale', 'g', 'b', {}, { weights: tensor([1 / 6], []) }),
    ],
    'relu6(p) times 1/6 in half precision': [
      layerOf('activation', 'b', 'p', { function: 'clip', low: 0, high: 6 }),
      layerOf('scale', 'g', 'b', {}, { weights: tensor([0.1666259765625], []) }),
    ],
    '1 and a sigmoid, laid out': [
      layerOf('activation', 's', 'p', sigmoid),
      layerOf('reshape', 'i', 's', { shape: [N, 1, 3] }),
      layerOf('reshape', 'o', 'i', { shape: [N, 3] }),
      layerOf('add-constant', 'g', 'o', {}, { value: tensor([1], []) }),
    ],
    'the mean of two sigmoids': [
      layerOf('activation', 's', 'p', sigmoid),
      layerOf('activation', 't', 'v', sigmoid),
      layerOf('add', 'm', ['s', 't'], { signs: [1, 1] }),
      layerOf('scale', 'g', 'm', {}, { weights: tensor([0.5], []) }),
    ],
    'what the value makes of itself': [
      layerOf('scale', 'a', 'v', {}, { weights: tensor([1.702], []) }),
      layerOf('activation', 'b', 'a', { function: 'tanh' }),
      layerOf('add-constant', 'g', 'b', {}, { value: tensor([1.25], []) }),
    ],
  };

  test.each(Object.entries(spellings))('%s is a gate', async (_name, gate) => {
    for (const pair of [product('z', 'v', 'g'), product('z', 'g', 'v')]) {
      const { sums, starts } = await explain(gated(gate, pair), 'lrp-0');
      sums.forEach((sum, sample) => {
        expect(sum).toBeCloseTo(starts[sample]!, 10);
      });
    }
  });

  test('that is one number a channel (squeeze and excitation)', async () => {
    const weightsOf = (shape: number[]) => ({ weights: r.normal(shape) });
    const window = { strides: [1], dilations: [1], padsBegin: [1], padsEnd: [1], groups: 1 };
    const network = createNetwork({
      inputs: [{ name: 'x', shape: [N, 2, 5] }],
      outputs: ['y'],
      layers: [
        layerOf('convolution', 'conv', 'x', window, weightsOf([3, 2, 3])),
        rectifierOf('value', 'conv'),
        layerOf('mean', 'squeezed', 'value', { axes: [2] }),
        layerOf('reshape', 'flat', 'squeezed', { shape: [N, 3] }),
        denseOf('inner', 'flat', rowsOf(2, 3), [1, 1]),
        rectifierOf('relu', 'inner'),
        denseOf('outer', 'relu', rowsOf(3, 2)),
        layerOf('activation', 'excited', 'outer', sigmoid),
        layerOf('reshape', 'gate', 'excited', { shape: [N, 3, 1] }),
        product('gated', 'value', 'gate'),
        layerOf('reshape', 'all', 'gated', { shape: [N, 15] }),
        denseOf('y', 'all', rowsOf(2, 15)),
      ],
    });
    const input = r.normal([2, 2, 5]);
    await using explainer = await createExplainer(network, { backend, method: 'lrp-0' });
    const { sums, starts } = await explainer.explain(input, { target: 0 });
    sums.forEach((sum, sample) => {
      expect(sum).toBeCloseTo(starts[sample]!, 10);
    });
    expect(inspectNetwork(network).methods['lrp-epsilon']).toMatchObject({
      supported: true,
      problems: [],
    });
  });
});

test('a rule of a plug-in may hold an input: nothing comes back to it', async () => {
  const holding = defineRule({
    id: 'holding',
    parameters: { input: { default: 1 } },
    holds: (_layer, _network, { input }) => [input],
    backward: ({ inputs }, back) => inputs.map(() => back),
  });
  const plugin = definePlugin({ name: 'patternlens-holding', version: '1.0.0', rules: [holding] });
  const softmax = [layerOf('softmax', 'g', 'p', { axis: 1 })];
  await using explainer = await createExplainer(gated(softmax), {
    backend,
    method: 'lrp-0',
    plugins: [plugin],
    composite: [[kinds('product'), 'holding']],
  });
  const { sums, starts } = await explainer.explain(x, { target: 1 });
  sums.forEach((sum, sample) => {
    expect(sum).toBeCloseTo(starts[sample]!, 10);
  });
});

describe('products and quotients that are none of these are refused by name', () => {
  test.each<[string, Layer[], string]>([
    ['two values', [product('z', 'v', 'p')], 'neither of which is a gate'],
    [
      'relu6',
      [
        layerOf('activation', 'b', 'p', { function: 'clip', low: 0, high: 6 }),
        product('z', 'v', 'b'),
      ],
      'neither of which is a gate',
    ],
    ['a square', [product('z', 'v', 'v')], 'neither of which is a gate'],
    [
      'two gates',
      [open, layerOf('activation', 'h', 'v', sigmoid), product('z', 'g', 'h')],
      'gate=half gives a half to each',
    ],
    ['a quotient', [layerOf('quotient', 'z', ['v', 'p'], {})], 'no norm of what it divides'],
    [
      'a norm of something else',
      [
        layerOf('pointwise', 'a', 'p', { function: 'abs' }),
        layerOf('sum', 'n', 'a', { axes: [1] }),
        layerOf('quotient', 'z', ['v', 'n'], {}),
      ],
      'no norm of what it divides',
    ],
  ])('%s', (_name, layers, reason) => {
    const network = gated(layers.slice(0, -1), layers.at(-1));
    for (const method of ['lrp-epsilon', 'epsilon-plus-flat', 'guided-backprop'] as const)
      expect(() => traceMethod(network, { method })).toThrow(reason);
    expect(() => traceMethod(network, { method: 'gradient' })).not.toThrow();
  });

  test('two gates in halves', async () => {
    const twice = [open, layerOf('activation', 'h', 'v', sigmoid)];
    const network = gated(twice, product('z', 'g', 'h'));
    const { sums, starts } = await explain(network, { id: 'lrp-0', gate: 'half' });
    sums.forEach((sum, sample) => {
      expect(sum).toBeCloseTo(starts[sample]!, 10);
    });
  });
});

describe('a value divided by a norm of it', () => {
  const squares = [product('q', 'v', 'v'), layerOf('sum', 's', 'q', { axes: [1] })];
  const root = layerOf('pointwise', 'n', 's', { function: 'sqrt' });
  const quotient = layerOf('quotient', 'z', ['v', 'n'], {});
  const norms: Readonly<Record<string, readonly Layer[]>> = {
    'x / |x|': [...squares, root, quotient],
    'x / max(|x|, 1e-12)': [
      ...squares,
      layerOf('pointwise', 'o', 's', { function: 'sqrt' }),
      layerOf('activation', 'n', 'o', { function: 'clip', low: 1e-12, high: Infinity }),
      quotient,
    ],
    'x times the root of 1 / |x|^2': [
      ...squares,
      layerOf('power', 'n', 's', {}, { exponent: tensor([-0.5], []) }),
      product('z', 'n', 'v'),
    ],
    'x times 1 / |x|': [
      ...squares,
      layerOf('pointwise', 'o', 's', { function: 'sqrt' }),
      layerOf('pointwise', 'n', 'o', { function: 'reciprocal' }),
      product('z', 'v', 'n'),
    ],
  };

  test.each(Object.entries(norms))('%s: the norm is held', async (_name, layers) => {
    const network = gated(layers.slice(0, -1), layers.at(-1));
    const norm = (sample: number): number => Math.hypot(...at(sample, VALUE));
    const lrp = await explain(network, 'lrp-0');
    const want = expected(
      (v, _p, unit, sample) => (v / norm(sample)) * last(unit),
      () => 0,
      inProportion,
    );
    expect(relativeDifference(lrp.relevance.data, want)).toBeLessThan(1e-12);
    const passed = await explain(network, 'deconvnet');
    expect(
      relativeDifference(
        passed.relevance.data,
        expected(
          (_v, _p, unit) => last(unit),
          () => 0,
          weights,
        ),
      ),
    ).toBeLessThan(1e-12);
    const guided = await explain(network, 'guided-backprop');
    const divided = expected(
      (_v, _p, unit, sample) => last(unit) / norm(sample),
      () => 0,
      weights,
    );
    expect(relativeDifference(guided.relevance.data, divided)).toBeLessThan(1e-12);
  });

  test.each([
    [0, [0.5, -1.5]],
    [1, [-0.5, 1.5]],
  ] as const)('also of what its mean was taken off, of output %d', async (target, want) => {
    // [1, 3] becomes [-1, 1]: from -1 and from 1 what the fixtures give for relevance of [1, 0] and [0, 1].
    const network = createNetwork({
      inputs: [{ name: 'x', shape: [N, 2] }],
      outputs: ['z'],
      layers: [
        layerOf('mean', 'm', 'x', { axes: [1] }),
        layerOf('add', 'c', ['x', 'm'], { signs: [1, -1] }),
        product('q', 'c', 'c'),
        layerOf('mean', 's', 'q', { axes: [1] }),
        layerOf('pointwise', 'n', 's', { function: 'sqrt' }),
        layerOf('quotient', 'z', ['c', 'n'], {}),
      ],
    });
    await using explainer = await createExplainer(network, { backend, method: 'lrp-0' });
    const { relevance } = await explainer.explain(tensor([1, 3], [1, 2]), { target });
    want.forEach((value, place) => {
      expect(relevance.data[place]).toBeCloseTo(value, 12);
    });
  });
});
