import {
  anyLayer,
  createNetwork,
  gradientRule,
  lrpAlphaBeta,
  lrpEpsilon,
  optimise,
  patternAttributionRule,
  patternNetRule,
  traceMethod,
  type Network,
  type Rule,
} from '@patternlens/core';
import { interpret } from './interpret.js';
import {
  layerMatrix,
  multiply,
  multiplyTransposed,
  type LayerMatrix,
} from './testing/layer-matrix.js';
import { linearCases, type LinearCase } from './testing/linear-cases.js';
import { random } from './testing/random.js';

interface Sample {
  readonly matrix: LayerMatrix;
  readonly w: number[];
  readonly x: number[];
  /** Pre-activation with bias. */
  readonly z: number[];
  /** The bias of every row. */
  readonly b: number[];
  readonly r: number[];
}

const plus = (value: number): number => Math.max(value, 0);
const minus = (value: number): number => Math.min(value, 0);
const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);
const zip = (a: number[], b: number[], combine: (p: number, q: number) => number): number[] =>
  a.map((value, at) => combine(value, b[at]!));

function share(
  { matrix, w, x, b, r }: Sample,
  input: (v: number) => number,
  otherInput: (v: number) => number,
  bias: (v: number) => number,
): number[] {
  const first = w.map(plus),
    second = w.map(minus);
  const z = zip(
    zip(
      multiply(matrix, first, x.map(input)),
      multiply(matrix, second, x.map(otherInput)),
      (p, q) => p + q,
    ),
    b,
    (p, q) => p + bias(q),
  );
  const c = zip(r, z, ratio);
  const one = zip(x.map(input), multiplyTransposed(matrix, first, c), (p, q) => p * q);
  const two = zip(x.map(otherInput), multiplyTransposed(matrix, second, c), (p, q) => p * q);
  return zip(one, two, (p, q) => p + q);
}

/** Each rule once more, in matrix form, straight from its definition. */
const replicas: Readonly<Record<string, { rule: Rule; replica: (sample: Sample) => number[] }>> = {
  gradient: { rule: gradientRule, replica: ({ matrix, w, r }) => multiplyTransposed(matrix, w, r) },
  'lrp-0': {
    rule: lrpEpsilon(0),
    replica: ({ matrix, w, x, z, r }) =>
      zip(x, multiplyTransposed(matrix, w, zip(r, z, ratio)), (p, q) => p * q),
  },
  'lrp-epsilon': {
    rule: lrpEpsilon(0.1),
    replica: ({ matrix, w, x, z, r }) =>
      zip(
        x,
        multiplyTransposed(
          matrix,
          w,
          zip(r, z, (p, q) => p / (q >= 0 ? q + 0.1 : q - 0.1)),
        ),
        (p, q) => p * q,
      ),
  },
  'lrp-alpha1-beta0': {
    rule: lrpAlphaBeta(1, 0),
    replica: (sample) => share(sample, plus, minus, plus),
  },
  'lrp-alpha2-beta1': {
    rule: lrpAlphaBeta(2, 1),
    replica: (sample) =>
      zip(share(sample, plus, minus, plus), share(sample, minus, plus, minus), (p, q) => 2 * p - q),
  },
};

function network({ layer, inputShape }: LinearCase): Network {
  return createNetwork({
    inputs: [{ name: 'x', shape: inputShape }],
    outputs: ['y'],
    layers: [layer],
  });
}

/** What a rule sends back for relevance at one neuron, and the same from its replica. */
function compare(
  own: LinearCase,
  rule: Rule,
  replica: (sample: Sample) => number[],
): { got: number[]; want: number[]; optimised: number[] } {
  const net = network(own);
  const { layer } = own;
  const input = own.inputShape.slice(1) as number[];
  const output = net.shapes.get('y')!.slice(1) as number[];
  const matrix = layerMatrix(layer, input, output);
  const r = random(1000);
  const x = (own.whole ? r.small : r.normal)([1, ...input]);
  const w = Array.from(layer.parameters['weights']!.tensor.data);
  const bias = layer.parameters['bias']
    ? Array.from(layer.parameters['bias'].tensor.data)
    : undefined;
  const b = Array.from({ length: matrix.rows }, (_, row) => bias?.[matrix.neuronOf(row)] ?? 0);
  const z = zip(multiply(matrix, w, Array.from(x.data)), b, (p, q) => p + q);
  const target = r.whole(0, matrix.rows - 1);
  const relevance = z.map((_, row) => (row === target ? 1 : 0));
  const traced = traceMethod(net, {
    method: 'gradient',
    start: 'one',
    composite: [[anyLayer, rule]],
  });
  const inputs = { x, [traced.ports.target]: { data: Float64Array.of(target), shape: [1] } };
  const name = traced.ports.relevance.get('x')!;
  return {
    got: Array.from(interpret(traced.program, inputs)[name]!.data),
    optimised: Array.from(interpret(optimise(traced.program), inputs)[name]!.data),
    want: replica({ matrix, w, x: Array.from(x.data), z, b, r: relevance }),
  };
}

const cases = linearCases.flatMap((own) =>
  Object.entries(replicas).map(
    ([id, { rule, replica }]) =>
      [`${id} on ${own.name}${own.whole ? ', whole numbers' : ''}`, own, rule, replica] as const,
  ),
);

test.each(cases)('%s is its matrix form', (_name, own, rule, replica) => {
  const { got, optimised, want } = compare(own, rule, replica);
  const scale = Math.max(...want.map(Math.abs), 1);
  want.forEach((value, at) => {
    expect(Math.abs(got[at]! - value) / scale).toBeLessThan(1e-12);
    expect(Math.abs(optimised[at]! - value) / scale).toBeLessThan(1e-12);
  });
});

describe('patterns', () => {
  const own = linearCases.filter(({ layer, whole }) => layer.kind === 'scale' && !whole)[0]!;

  test('a scale divides by its weights for PatternNet, and passes for PatternAttribution', () => {
    const weights = Array.from(own.layer.parameters['weights']!.tensor.data);
    const options = { estimator: 'two-component', regimes: 'positive' } as const;
    const net = compare(own, patternNetRule(options), ({ r }) =>
      r.map((value, row) => value / weights[Math.floor(row / 6)]!),
    );
    const attribution = compare(own, patternAttributionRule(options), ({ r }) => r);
    for (const { got, want } of [net, attribution])
      want.forEach((value, at) => {
        expect(got[at]!).toBeCloseTo(value, 12);
      });
  });
});
