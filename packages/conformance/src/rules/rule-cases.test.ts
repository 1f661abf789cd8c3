import {
  gradientRule,
  lrpEpsilon,
  patternAttributionRule,
  patternNetRule,
  type Rule,
} from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';
import { linearSamples } from '../layers/linear-samples.js';
import { runConformance } from '../run/run-conformance.js';
import type { CaseResult } from '../run/case-result.js';
import { ruleCases, type RuleCasesOptions } from './rule-cases.js';
import type { Matrix, RuleSample } from './rule-sample.js';

const reference = referenceBackend();

/** `M' r`. */
function transposed({ rows, columns, data }: Matrix, r: ArrayLike<number>): number[] {
  return Array.from({ length: columns }, (_, column) => {
    let total = 0;
    for (let row = 0; row < rows; row++) total += data[row * columns + column]! * r[row]!;
    return total;
  });
}

const lrp0 = ({ matrix, x, y, r }: RuleSample): number[] => {
  const shares = Array.from(r, (value, row) => (y[row] === 0 ? 0 : value / y[row]!));
  return transposed(matrix, shares).map((value, at) => value * x[at]!);
};

/** The fitted direction of the layer; a scale's is 1/w. */
function directionOf({ layer, patterns }: RuleSample) {
  const weights = layer.parameters['weights']!.tensor;
  if (layer.kind !== 'scale') return patterns!.layers.get(layer.name)!.directions.positive!;
  const data = Float64Array.from(weights.data, (value) => (value === 0 ? 0 : 1 / value));
  return { data, shape: weights.shape };
}

const patternNet = async (sample: RuleSample): Promise<number[]> =>
  transposed(await sample.matrixOf(directionOf(sample)), sample.r);

const patternAttribution = async (sample: RuleSample): Promise<number[]> => {
  const { data } = sample.layer.parameters['weights']!.tensor;
  const { data: a, shape } = directionOf(sample);
  const weighed = { data: Float64Array.from(a, (value, at) => value * data[at]!), shape };
  return transposed(await sample.matrixOf(weighed), sample.r);
};

const run = (rule: Rule, options: RuleCasesOptions): Promise<CaseResult[]> =>
  runConformance(reference, reference, { cases: ruleCases(rule, options) });

const options = { estimator: 'two-component', regimes: 'positive' } as const;

test.each<[string, Rule, RuleCasesOptions]>([
  ['gradient', gradientRule, { replica: ({ matrix, r }) => transposed(matrix, r) }],
  ['lrp-0', lrpEpsilon(0), { replica: lrp0 }],
  ['pattern-net', patternNetRule(options), { replica: patternNet, patterns: true }],
  [
    'pattern-attribution',
    patternAttributionRule(options),
    { replica: patternAttribution, patterns: true },
  ],
])('%s is its replica on every kind of linear layer', async (_name, rule, options) => {
  const results = await run(rule, { ...options, limit: 1e-12 });
  expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(results).toHaveLength(linearSamples.length);
});

test('a rule that is not its replica is found on every kind of layer', async () => {
  const forgetful: Rule = {
    name: 'forgetful',
    backward: ({ ops, gradient }, r) => gradient(ops.positivePart(r)),
  };
  const results = await run(forgetful, { replica: ({ matrix, r }) => transposed(matrix, r) });
  expect(results.map(({ status }) => status)).toEqual(linearSamples.map(() => 'failed'));
  expect(results[0]!.message).toMatch(
    /^forgetful on dense, eighths: what goes back to x: relative/,
  );
});

test('layers that a rule refuses have no cases', () => {
  const picky: Rule = {
    ...gradientRule,
    refuses: ({ kind }) => (kind === 'dense' ? undefined : 'dense only'),
  };
  const subjects = ruleCases(picky).map(({ subject }) => subject);
  expect(new Set(subjects)).toEqual(new Set(['dense']));
});
