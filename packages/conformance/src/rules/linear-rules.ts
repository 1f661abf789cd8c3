import {
  gradientRule,
  lrpAlphaBeta,
  lrpEpsilon,
  lrpRule,
  patternAttributionRule,
  patternNetRule,
  type Rule,
} from '@patternlens/core';
import type { RuleCasesOptions } from './rule-cases.js';

/** Weights and bias more in favour of what is positive (Montavon et al. 2019). */
const gamma: Rule = lrpRule({
  name: 'lrp-gamma',
  branches: [
    {
      terms: [
        {
          input: 'as-is',
          weights: (ops, w) => ops.add(w, ops.mul(ops.scalar(0.25), ops.positivePart(w))),
        },
      ],
      bias: (ops, b) => ops.add(b, ops.mul(ops.scalar(0.25), ops.positivePart(b))),
      factor: 1,
      epsilon: 0,
    },
  ],
});

/** Positive weights only, and no bias (Montavon et al. 2017). */
const zPlus: Rule = lrpRule({
  name: 'lrp-z-plus',
  branches: [
    {
      terms: [{ input: 'positive', weights: 'positive' }],
      bias: 'none',
      factor: 1,
      epsilon: 0,
    },
  ],
});

/** In proportion to the squares of the weights, whatever the input was (Montavon et al. 2017). */
const wSquared: Rule = {
  name: 'lrp-w-squared',
  refuses: (layer) => (layer.kind === 'scale' ? 'its weights are of other positions' : undefined),
  backward: ({ ops, inputs, linear }, r) => {
    const squares = ops.mul(linear!.weights, linear!.weights);
    const ones = ops.broadcast(ops.scalar(1), inputs[0]!.shape);
    return [linear!.transpose(ops.safeDiv(r, linear!.forward(ones, squares)), squares)];
  },
};

const patterned = (
  name: string,
  rule: Rule,
): { readonly rule: Rule; readonly options: RuleCasesOptions } => ({
  rule,
  options: { name, patterns: true },
});

/** Every rule for linear layers, in the ways that lead to other programs. */
export const linearRules: readonly { readonly rule: Rule; readonly options?: RuleCasesOptions }[] =
  [
    { rule: gradientRule },
    { rule: lrpEpsilon(0) },
    { rule: lrpEpsilon(0.25) },
    { rule: gamma },
    { rule: zPlus },
    { rule: lrpAlphaBeta(1, 0) },
    { rule: lrpAlphaBeta(2, 1) },
    { rule: wSquared },
    patterned('pattern-net', patternNetRule({ estimator: 'two-component', regimes: 'positive' })),
    patterned(
      'pattern-net of both regimes',
      patternNetRule({ estimator: 'two-component', regimes: 'both' }),
    ),
    patterned('pattern-net, linear', patternNetRule({ estimator: 'linear', regimes: 'positive' })),
    patterned(
      'pattern-attribution',
      patternAttributionRule({ estimator: 'two-component', regimes: 'positive' }),
    ),
    patterned(
      'pattern-attribution of both regimes',
      patternAttributionRule({ estimator: 'two-component', regimes: 'both' }),
    ),
    {
      rule: patternAttributionRule({ estimator: 'filter', regimes: 'positive' }),
      options: { name: 'pattern-attribution, filter' },
    },
    {
      rule: patternAttributionRule({ estimator: 'identity', regimes: 'positive' }),
      options: { name: 'pattern-attribution, identity' },
    },
  ];
