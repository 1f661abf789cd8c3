import { tensor, type MethodChoice, type Network } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import {
  contextOf,
  convolutionNetwork,
  drawnTensor,
  fittedPatterns,
} from '../testing/tiny-networks.js';
import { measureConservation, type MethodConservation } from './conservation.js';
import { conservation } from './conservation-metric.js';

const N = { batch: 1 };
const plain = { attributes: {}, parameters: {} };
const dense = (
  name: string,
  input: string,
  weights: readonly (readonly number[])[],
  bias: readonly number[],
): Layer => ({
  kind: 'dense',
  name,
  inputs: [input],
  output: name,
  attributes: {},
  parameters: {
    weights: { tensor: tensor(weights.flat(), [weights.length, weights[0]!.length]) },
    bias: { tensor: tensor(bias, [bias.length]) },
  },
});

const network = (size: number, layers: readonly Layer[]): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: [N, size] }],
    outputs: [layers.at(-1)!.output],
    layers,
  });

/** Everything lost, by reason, of one sample. */
function lost({ layers }: MethodConservation, sample: number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { losses } of layers)
    for (const [reason, values] of Object.entries(losses))
      sums[reason] = (sums[reason] ?? 0) + values[sample]!;
  return sums;
}

describe('by hand', () => {
  // z = 2 * 1 + 1 * 3 + 5 = 10.
  const one = network(2, [dense('only', 'x', [[2, 1]], [5])]);
  const x = tensor([1, 3], [1, 2]);
  const measure = async (network: Network, method: MethodChoice, input = x) =>
    (await measureConservation(contextOf(network, input, { methods: [method] }))).methods
      .values()
      .next().value!;

  test('nothing is lost of PatternAttribution at a neuron that never fired, which takes the linear pattern', async () => {
    const silent = network(2, [dense('only', 'x', [[2, 1]], [-1000])]);
    const patterns = await fittedPatterns(silent, 5);
    expect(patterns.layers.get('only')!.counts[0]).toBe(0);
    const context = contextOf(silent, x, { methods: ['pattern-attribution'], patterns });
    const [measured] = [...(await measureConservation(context)).methods.values()];
    expect(measured!.arrived[0]).toBeCloseTo(1, 6);
    expect(lost(measured!, 0)).toEqual({});
  });

  test('the bias takes its part of LRP-0', async () => {
    const measured = await measure(one, 'lrp-0');
    expect(measured.layers).toEqual([
      {
        layer: 'only',
        kind: 'dense',
        rule: 'lrp-0',
        entering: [1],
        leaving: [expect.closeTo(0.5, 12)],
        losses: { bias: [expect.closeTo(0.5, 12)] },
      },
    ]);
    expect(measured.arrived[0]).toBeCloseTo(0.5, 12);
  });

  test('epsilon takes its part of LRP-epsilon', async () => {
    const measured = await measure(one, { id: 'lrp-epsilon', epsilon: 10 });
    expect(lost(measured, 0)).toEqual({
      bias: expect.closeTo(5 / 20, 12) as number,
      epsilon: expect.closeTo(10 / 20, 12) as number,
    });
  });

  test('alpha-beta: the positive bias over the positive part, the negative over the negative', async () => {
    // Contributions 2, -3, bias 5: the positive part 7, the negative -3.
    const mixed = network(2, [dense('only', 'x', [[2, -1]], [5])]);
    expect(lost(await measure(mixed, 'lrp-alpha1-beta0'), 0)).toEqual({
      bias: expect.closeTo(5 / 7, 12) as number,
    });
    expect(lost(await measure(mixed, 'lrp-alpha2-beta1'), 0)).toEqual({
      bias: expect.closeTo(10 / 7, 12) as number,
    });
  });

  test('a neuron without positive contributions loses all of alpha1-beta0', async () => {
    // Above a rectifier that is open by its bias alone, as the input is 0 there.
    const deep = network(2, [
      dense(
        'first',
        'x',
        [
          [1, 1],
          [0, 1],
        ],
        [0, 0],
      ),
      { kind: 'rectifier', name: 'relu', inputs: ['first'], output: 'relu', ...plain },
      dense(
        'second',
        'relu',
        [
          [-1, 0],
          [0, 2],
        ],
        [0, 0],
      ),
      dense('third', 'second', [[-1, 1]], [0]),
    ]);
    // first 4, 3; second -4, 6; third 4 + 6.
    const measured = await measure(deep, 'lrp-alpha1-beta0');
    expect(lost(measured, 0)).toEqual({ 'zero denominator': expect.closeTo(0.4, 12) as number });
    expect(measured.layers.find(({ layer }) => layer === 'second')!.losses).toEqual({
      'zero denominator': [expect.closeTo(0.4, 12)],
    });
    expect(measured.arrived[0]).toBeCloseTo(0.6, 12);
  });

  test('an addition copies for PatternAttribution, and shares for LRP', async () => {
    const residual = network(2, [
      dense(
        'branch',
        'x',
        [
          [1, 0],
          [0, 1],
        ],
        [0, 0],
      ),
      {
        kind: 'add',
        name: 'add',
        inputs: ['branch', 'x'],
        output: 'add',
        attributes: { signs: [1, 1] },
        parameters: {},
      },
      dense('top', 'add', [[1, 1]], [0]),
    ]);
    const patterns = await fittedPatterns(residual, 3);
    const { methods } = await measureConservation(
      contextOf(residual, x, {
        methods: ['lrp-0', 'pattern-attribution', { id: 'pattern-attribution', add: 'share' }],
        patterns,
      }),
    );
    expect(lost(methods.get('lrp-0')!, 0)).toEqual({});
    expect(lost(methods.get('pattern-attribution')!, 0)).toEqual({
      copies: expect.closeTo(-1, 6) as number,
    });
    expect(methods.get('pattern-attribution')!.arrived[0]).toBeCloseTo(2, 6);
    const shared = methods.get('pattern-attribution:add=share')!;
    expect(lost(shared, 0)).toEqual({});
    expect(shared.arrived[0]).toBeCloseTo(1, 6);
  });
});

describe('every reason together', () => {
  const convolution = convolutionNetwork(3);
  const x = drawnTensor(4, [5, 2, 6, 6]);
  const methods: MethodChoice[] = [
    'lrp-0',
    { id: 'lrp-epsilon', epsilon: 0.1 },
    'lrp-alpha1-beta0',
    'lrp-alpha2-beta1',
    { id: 'lrp-0', bias: 'ignore' },
    { id: 'lrp-0', bias: 'distribute' },
    'lrp-gamma',
    { id: 'lrp-gamma', generalised: 'yes' },
    { id: 'lrp-alpha-beta', alpha: 3 },
    'lrp-z-plus',
    'lrp-flat',
    'lrp-w-squared',
    { id: 'lrp-z-box', low: -1, high: 1 },
    'deep-taylor',
    'epsilon-plus-flat',
    { id: 'epsilon-gamma-box', low: -1, high: 1 },
    'pattern-attribution',
    { id: 'pattern-attribution', estimator: 'linear' },
    { id: 'pattern-attribution', estimator: 'filter' },
    { id: 'pattern-attribution', estimator: 'random' },
    { id: 'pattern-attribution', estimator: 'identity' },
    { id: 'pattern-attribution', regimes: 'both' },
  ];
  const measure = async (batch: number) =>
    measureConservation(
      contextOf(convolution, x, { methods, batch, patterns: await fittedPatterns(convolution, 5) }),
    );

  test('what is lost and what arrives make up the start, and each loss has a reason that its rule can have', async () => {
    const measured = await measure(2);
    expect(measured.methods.size).toBe(methods.length);
    for (const [name, method] of measured.methods) {
      for (let sample = 0; sample < 5; sample++) {
        const losses = Object.values(lost(method, sample)).reduce((sum, value) => sum + value, 0);
        expect(losses + method.arrived[sample]!).toBeCloseTo(1, 4);
      }
      const reasons = new Set(method.layers.flatMap(({ losses }) => Object.keys(losses)));
      const possible = name.startsWith('pattern')
        ? ['dead neurons', 'padding', 'gated off', 'zero denominator']
        : ['bias', 'epsilon', 'zero denominator'];
      expect([...reasons].filter((reason) => !possible.includes(reason))).toEqual([]);
    }
    const reasonsOf = (name: string) =>
      new Set(measured.methods.get(name)!.layers.flatMap(({ losses }) => Object.keys(losses)));
    expect(reasonsOf('pattern-attribution:regimes=both')).toEqual(
      new Set(['gated off', 'padding']),
    );
    expect(reasonsOf('lrp-epsilon')).toEqual(new Set(['bias', 'epsilon']));
  });

  test('the same in batches of any size', async () => {
    expect(await measure(1)).toEqual(await measure(5));
  });

  test('methods that hand on no shares are named', async () => {
    const { warnings, methods: measured } = await measureConservation(
      contextOf(convolution, x, { methods: ['gradient', 'input-x-gradient', 'lrp-0'] }),
    );
    expect([...measured.keys()]).toEqual(['lrp-0']);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^gradient could not be measured: .*nothing to conserve/);
  });

  test('tables and a chart', async () => {
    const { tables, charts } = await conservation.measure(
      contextOf(convolution, x, { methods: ['lrp-0', 'lrp-alpha1-beta0'] }),
      { samples: 3 },
    );
    for (const { rows, columns } of tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
    const [table] = tables;
    const [series] = charts[0]!.series;
    expect(series!.y.at(-1)).toBeCloseTo(table!.rows[0]![1] as number, 8);
    expect(charts[0]!.categories!.length).toBe(series!.x.length);
  });
});
