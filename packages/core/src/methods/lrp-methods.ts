import type { Composite } from '../composites/composite.js';
import { gradientRule, passRule } from '../rules/gradient.js';
import { lrpAlphaBeta, lrpEpsilon, proportionalRule } from '../rules/lrp.js';
import type { Rule } from '../rules/rule.js';
import {
  activationsOf,
  averages,
  layoutKinds,
  linearKinds,
  maxima,
  rectifiers,
  responseNormalisation,
  sums,
} from './layer-groups.js';
import { plainMethod, type MethodDefinition } from './method-definition.js';

/** What LRP does with every layer that is not linear, behind a rule for those that are. */
function lrpComposite(rule: Rule): Composite {
  return [
    [linearKinds, rule],
    [rectifiers, passRule],
    [activationsOf('leaky', 'smooth-monotone'), passRule],
    [responseNormalisation, passRule],
    [maxima, gradientRule],
    [averages, proportionalRule],
    [sums, proportionalRule],
    [layoutKinds, gradientRule],
  ];
}

/** Layer-wise relevance propagation (Bach et al. 2015). */
export const lrpMethods: readonly MethodDefinition[] = [
  plainMethod('lrp-0', 'attribution', 'value', lrpComposite(lrpEpsilon(0))),
  {
    id: 'lrp-epsilon',
    group: 'attribution',
    start: 'value',
    parameters: { epsilon: { default: 1e-6, above: 0 } },
    composite: ({ epsilon }) => lrpComposite(lrpEpsilon(epsilon as number)),
  },
  plainMethod('lrp-alpha1-beta0', 'attribution', 'value', lrpComposite(lrpAlphaBeta(1, 0))),
  plainMethod('lrp-alpha2-beta1', 'attribution', 'value', lrpComposite(lrpAlphaBeta(2, 1))),
];
