import { lrpComposite } from '../composites/lrp-composites.js';
import {
  type BiasTreatment,
  lrpAlphaBeta,
  lrpEpsilon,
  lrpFlat,
  lrpGamma,
  lrpWSquared,
  lrpZPlus,
} from '../rules/lrp-rules.js';
import { lrpZBox } from '../rules/lrp-z-box.js';
import type { Rule } from '../rules/rule.js';
import {
  biasSpec,
  boundSpecs,
  checkBounds,
  epsilonSpec,
  gammaSpec,
  refuseParameters,
} from './lrp-parameters.js';
import { plainMethod, tracedMethod } from './method-definition.js';

/** Group and start of every LRP method. */
const lrp = { group: 'attribution', start: 'value' } as const;

const plainLrp = <const Id extends string>(id: Id, linear: Rule) =>
  plainMethod(id, lrp.group, lrp.start, lrpComposite(linear));

const fixedAlphaBeta = <const A extends number, const B extends number>(alpha: A, beta: B) =>
  tracedMethod({
    ...lrp,
    id: `lrp-alpha${alpha}-beta${beta}` as const,
    parameters: { bias: biasSpec },
    composite: ({ bias }) => lrpComposite(lrpAlphaBeta(alpha, beta, bias)),
  });

/** Rounding of what people type: 1.1 - 0.1 is not quite 1. */
const ROUNDING = 1e-9;

interface AlphaBeta {
  readonly alpha?: number;
  readonly beta?: number;
  readonly bias: BiasTreatment;
}

/** Alpha and beta, of which either follows from the other. */
function settleAlphaBeta(given: AlphaBeta): Required<AlphaBeta> {
  const alpha = given.alpha ?? (given.beta === undefined ? 2 : given.beta + 1);
  const beta = given.beta ?? alpha - 1;
  if (Math.abs(alpha - beta - 1) > ROUNDING)
    refuseParameters(
      'lrp-alpha-beta',
      `alpha - beta must be 1, or relevance is not conserved, got alpha ${alpha} and beta ${beta}. Give one of them, and the other follows.`,
    );
  return { ...given, alpha, beta };
}

/** Layer-wise relevance propagation (Bach et al. 2015), one rule for all linear layers. */
export const lrpMethods = [
  tracedMethod({
    ...lrp,
    id: 'lrp-0',
    parameters: { bias: biasSpec },
    composite: ({ bias }) => lrpComposite(lrpEpsilon(0, bias)),
  }),
  tracedMethod({
    ...lrp,
    id: 'lrp-epsilon',
    parameters: { epsilon: epsilonSpec, bias: biasSpec },
    composite: ({ epsilon, bias }) => lrpComposite(lrpEpsilon(epsilon, bias)),
  }),
  tracedMethod({
    ...lrp,
    id: 'lrp-gamma',
    parameters: {
      gamma: gammaSpec,
      generalised: { default: 'no', choices: ['no', 'yes'] },
      bias: biasSpec,
    },
    composite: ({ gamma, generalised, bias }) =>
      lrpComposite(lrpGamma(gamma, { generalised: generalised === 'yes', bias })),
  }),
  fixedAlphaBeta(1, 0),
  fixedAlphaBeta(2, 1),
  tracedMethod({
    ...lrp,
    id: 'lrp-alpha-beta',
    parameters: { alpha: { atLeast: 1 }, beta: { atLeast: 0 }, bias: biasSpec },
    settle: settleAlphaBeta,
    composite: ({ alpha, beta, bias }) => lrpComposite(lrpAlphaBeta(alpha, beta, bias)),
  }),
  plainLrp('lrp-z-plus', lrpZPlus),
  plainLrp('lrp-flat', lrpFlat),
  plainLrp('lrp-w-squared', lrpWSquared),
  tracedMethod({
    ...lrp,
    id: 'lrp-z-box',
    parameters: { ...boundSpecs, epsilon: epsilonSpec },
    settle: (parameters) => checkBounds('lrp-z-box', parameters),
    composite: ({ epsilon, low, high }) =>
      lrpComposite(lrpEpsilon(epsilon), lrpZBox({ low, high })),
  }),
] as const;
