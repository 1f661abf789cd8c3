import {
  gradientRule,
  lrpAlphaBeta,
  lrpEpsilon,
  lrpFlat,
  lrpGamma,
  lrpWSquared,
  lrpZBox,
  lrpZPlus,
  patternAttributionRule,
  patternNetRule,
  type Rule,
} from '@patternlens/core/rules';
import type { RuleCasesOptions } from './rule-cases.js';

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
    { rule: lrpEpsilon(0, 'ignore'), options: { name: 'lrp-0 without bias' } },
    { rule: lrpEpsilon(0, 'distribute'), options: { name: 'lrp-0 with its bias distributed' } },
    { rule: lrpGamma(0.25) },
    { rule: lrpGamma(0.25, { generalised: true }), options: { name: 'lrp-gamma, generalised' } },
    { rule: lrpZPlus },
    { rule: lrpFlat },
    { rule: lrpWSquared },
    { rule: lrpZBox({ low: -4, high: 4 }) },
    { rule: lrpAlphaBeta(1, 0) },
    { rule: lrpAlphaBeta(2, 1) },
    {
      rule: lrpAlphaBeta(1.5, 0.5, 'distribute'),
      options: { name: 'lrp-alpha1.5-beta0.5 with its bias distributed' },
    },
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
