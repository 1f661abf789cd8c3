import { tensor, traceMethod, type Network, type Tensor } from '@patternlens/core';
import { optimise } from '@patternlens/core/backend';
import { createNetwork, type Layer } from '@patternlens/core/network';
import {
  anyLayer,
  gradientRule,
  named,
  patternAttributionRule,
  patternNetRule,
  type Rule,
} from '@patternlens/core/rules';
import { denseOf, layerOf } from '../testing/layer-of.js';
import { interpret } from '@patternlens/reference';
import { layerMatrix, multiply } from '../testing/layer-matrix.js';
import { linearCases, type LinearCase } from '../testing/linear-cases.js';
import { random } from '../testing/random.js';
import { replicas, type Replica } from '../testing/rule-replicas.js';

const N = { batch: 1 };

/** The layer with its first weights gone, and with them, in most layers, a neuron. */
function withDeadNeuron(layer: LinearCase['layer']): LinearCase['layer'] {
  const cut = ({ data, shape }: Tensor): { tensor: Tensor } => {
    const each = data.length / shape[0]!;
    return { tensor: { data: data.map((value, at) => (at < each ? 0 : value)), shape } };
  };
  const parameters = Object.fromEntries(
    Object.entries(layer.parameters).map(([name, parameter]) => [name, cut(parameter.tensor)]),
  );
  return { ...layer, parameters };
}

/** The layer, and one behind it that brings the given relevance to it. */
function network(layer: Layer, { inputShape }: LinearCase, r: readonly number[]): Network {
  return createNetwork({
    inputs: [{ name: 'x', shape: inputShape }],
    outputs: ['out'],
    layers: [
      layer,
      layerOf('reshape', 'flat', 'y', { shape: [N, r.length] }),
      denseOf('out', 'flat', [r]),
    ],
  });
}

/** What a rule sends back, and the same from its replica. */
function compare(
  linearCase: LinearCase,
  rule: Rule,
  replica: Replica,
): { got: number[]; want: number[]; optimised: number[] } {
  const layer = linearCase.whole ? withDeadNeuron(linearCase.layer) : linearCase.layer;
  const input = linearCase.inputShape.slice(1) as number[];
  const alone = createNetwork({
    inputs: [{ name: 'x', shape: linearCase.inputShape }],
    outputs: ['y'],
    layers: [layer],
  });
  const matrix = layerMatrix(layer, input, alone.shapes.get('y')!.slice(1) as number[]);
  const r = random(1000);
  const draw = linearCase.whole ? r.small : r.normal;
  const x = draw([1, ...input]);
  const relevance = Array.from(draw([matrix.rows]).data);
  const w = Array.from(layer.parameters['weights']!.tensor.data);
  const bias = layer.parameters['bias']?.tensor.data;
  const b = Array.from({ length: matrix.rows }, (_, row) => bias?.[matrix.neuronOf(row)] ?? 0);
  const z = multiply(matrix, w, x.data).map((value, row) => value + b[row]!);
  const traced = traceMethod(network(layer, linearCase, relevance), {
    method: 'gradient',
    start: 'one',
    composite: [
      [named('layer'), rule],
      [anyLayer, gradientRule],
    ],
  });
  const inputs = { x, [traced.ports.target]: tensor([0], [1]) };
  const name = traced.ports.relevance.get('x')!;
  return {
    got: Array.from(interpret(traced.program, inputs)[name]!.data),
    optimised: Array.from(interpret(optimise(traced.program), inputs)[name]!.data),
    want: replica({ matrix, w, x: Array.from(x.data), z, b, r: relevance }),
  };
}

const cases = linearCases.flatMap((linearCase) =>
  Object.entries(replicas).map(
    ([id, { rule, replica }]) =>
      [
        `${id} on ${linearCase.name}${linearCase.whole ? ', whole numbers' : ''}`,
        linearCase,
        rule,
        replica,
      ] as const,
  ),
);

test.each(cases)('%s is its matrix form', (_name, linearCase, rule, replica) => {
  const { got, optimised, want } = compare(linearCase, rule, replica);
  expect(want.length).toBeGreaterThan(0);
  const scale = Math.max(...want.map(Math.abs), 1);
  const worst = (values: number[]): number =>
    Math.max(...want.map((value, at) => Math.abs(values[at]! - value) / scale));
  expect(worst(got)).toBeLessThan(1e-10);
  expect(worst(optimised)).toBeLessThan(1e-10);
});

describe('patterns', () => {
  const scaleCase = linearCases.filter(({ layer, whole }) => layer.kind === 'scale' && !whole)[0]!;

  test('a scale divides by its weights for PatternNet, and passes for PatternAttribution', () => {
    const weights = Array.from(scaleCase.layer.parameters['weights']!.tensor.data);
    const options = { estimator: 'two-component', regimes: 'positive' } as const;
    const net = compare(scaleCase, patternNetRule(options), ({ r }) =>
      r.map((value, row) => value / weights[Math.floor(row / 6)]!),
    );
    const attribution = compare(scaleCase, patternAttributionRule(options), ({ r }) => [...r]);
    for (const { got, want } of [net, attribution])
      want.forEach((value, at) => {
        expect(got[at]!).toBeCloseTo(value, 12);
      });
  });
});
