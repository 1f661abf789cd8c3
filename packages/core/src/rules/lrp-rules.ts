import { lrpRule, type LrpBranch, type LrpTerm } from './lrp.js';
import type { Modifier } from './modifier.js';
import type { Rule } from './rule.js';

/** What happens to the share of relevance that is the bias's: it is in the denominator and is kept, or it is left out of the denominator, or it is
 * spread in equal parts over the neuron's inputs. */
export const BIAS_TREATMENTS = ['include', 'ignore', 'distribute'] as const;
export type BiasTreatment = (typeof BIAS_TREATMENTS)[number];

const branchOf = (
  terms: readonly LrpTerm[],
  bias: Modifier,
  treatment: BiasTreatment,
  more: Partial<LrpBranch> = {},
): LrpBranch => ({
  terms,
  bias: treatment === 'ignore' ? 'none' : bias,
  distributes: treatment === 'distribute',
  factor: 1,
  epsilon: 0,
  ...more,
});

/** `x w r / z`; `z` with its bias, and with epsilon's sign where one is given. */
export function lrpEpsilon(epsilon: number, bias: BiasTreatment = 'include'): Rule {
  return lrpRule({
    name: epsilon === 0 ? 'lrp-0' : 'lrp-epsilon',
    branches: [branchOf([{ input: 'as-is', weights: 'as-is' }], 'as-is', bias, { epsilon })],
  });
}

const POSITIVE: readonly LrpTerm[] = [
  { input: 'positive', weights: 'positive' },
  { input: 'negative', weights: 'negative' },
];
const NEGATIVE: readonly LrpTerm[] = [
  { input: 'positive', weights: 'negative' },
  { input: 'negative', weights: 'positive' },
];

/** Positive contributions with the positive bias, times alpha, less negative ones with the negative bias, times beta. */
export function lrpAlphaBeta(alpha: number, beta: number, bias: BiasTreatment = 'include'): Rule {
  const positive = branchOf(POSITIVE, 'positive', bias, { factor: alpha });
  const negative = branchOf(NEGATIVE, 'negative', bias, { factor: -beta });
  return lrpRule({
    name: `lrp-alpha${alpha}-beta${beta}`,
    branches: beta === 0 ? [positive] : [positive, negative],
  });
}

export interface GammaOptions {
  /** Favour what has the sign of the neuron, instead of positive weights. */
  readonly generalised?: boolean;
  readonly bias?: BiasTreatment;
}

/** `v + gamma max(v, 0)`, or `v + gamma min(v, 0)`. */
const favour =
  (gamma: number, side: 'positive' | 'negative'): Modifier =>
  (ops, value) =>
    ops.add(
      value,
      ops.mul(
        ops.scalar(gamma),
        side === 'positive' ? ops.positivePart(value) : ops.negativePart(value),
      ),
    );

/** `x (w + gamma w+) r / z` with `z = x (w + gamma w+) + b + gamma b+` (Montavon et al. 2019). Generalised: in neurons above 0 positive contributions
 * count `1 + gamma` times, in neurons below 0 negative ones. */
export function lrpGamma(
  gamma: number,
  { generalised = false, bias = 'include' }: GammaOptions = {},
): Rule {
  const up = favour(gamma, 'positive'),
    down = favour(gamma, 'negative');
  const above: readonly LrpTerm[] = [
    { input: 'positive', weights: up },
    { input: 'negative', weights: down },
  ];
  const below: readonly LrpTerm[] = [
    { input: 'positive', weights: down },
    { input: 'negative', weights: up },
  ];
  return lrpRule({
    name: 'lrp-gamma',
    branches: generalised
      ? [
          branchOf(above, up, bias, { only: 'above' }),
          branchOf(below, down, bias, { only: 'below' }),
        ]
      : [branchOf([{ input: 'as-is', weights: up }], up, bias)],
  });
}

/** Positive contributions only, without a bias (Montavon et al. 2017). */
export const lrpZPlus: Rule = lrpRule({
  name: 'lrp-z-plus',
  branches: [branchOf(POSITIVE, 'positive', 'ignore')],
});

/** In equal parts to a neuron's inputs, whatever they and the weights are; padding is none of them. */
export const lrpFlat: Rule = lrpRule({
  name: 'lrp-flat',
  branches: [branchOf([{ input: 'ones', weights: 'ones' }], 'as-is', 'ignore')],
});

/** In proportion to the squares of the weights, whatever the input is (Montavon et al. 2017); padding gets nothing. */
export const lrpWSquared: Rule = lrpRule({
  name: 'lrp-w-squared',
  branches: [branchOf([{ input: 'ones', weights: 'squared' }], 'as-is', 'ignore')],
});
