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
import type { GateTreatment } from '../rules/held-rules.js';
import { lrpZBox } from '../rules/lrp-z-box.js';
import type { Rule } from '../rules/rule.js';
import {
  biasSpec,
  boundSpecs,
  checkBounds,
  epsilonSpec,
  gammaSpec,
  gateSpec,
  refuseParameters,
} from './lrp-parameters.js';
import { tracedMethod } from './method-definition.js';

/** Group and start of every LRP method. */
const lrp = { group: 'attribution', start: 'value' } as const;

const plainLrp = <const Id extends string>(id: Id, linear: Rule) =>
  tracedMethod({
    ...lrp,
    id,
    parameters: { gate: gateSpec },
    composite: (options) => lrpComposite(linear, undefined, options),
  });

const fixedAlphaBeta = <const A extends number, const B extends number>(alpha: A, beta: B) =>
  tracedMethod({
    ...lrp,
    id: `lrp-alpha${alpha}-beta${beta}` as const,
    parameters: { bias: biasSpec, gate: gateSpec },
    composite: ({ bias, gate }) =>
      lrpComposite(lrpAlphaBeta(alpha, beta, bias), undefined, { gate }),
  });

/** Rounding of what people type: 1.1 - 0.1 is not quite 1. */
const ROUNDING = 1e-9;

interface AlphaBeta {
  readonly alpha?: number;
  readonly beta?: number;
  readonly bias: BiasTreatment;
  readonly gate: GateTreatment;
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
    parameters: { bias: biasSpec, gate: gateSpec },
    composite: ({ bias, gate }) => lrpComposite(lrpEpsilon(0, bias), undefined, { gate }),
  }),
  tracedMethod({
    ...lrp,
    id: 'lrp-epsilon',
    parameters: { epsilon: epsilonSpec, bias: biasSpec, gate: gateSpec },
    composite: ({ epsilon, bias, gate }) =>
      lrpComposite(lrpEpsilon(epsilon, bias), undefined, { gate }),
  }),
  tracedMethod({
    ...lrp,
    id: 'lrp-gamma',
    parameters: {
      gamma: gammaSpec,
      generalised: { default: 'no', choices: ['no', 'yes'] },
      bias: biasSpec,
      gate: gateSpec,
    },
    composite: ({ gamma, generalised, bias, gate }) =>
      lrpComposite(lrpGamma(gamma, { generalised: generalised === 'yes', bias }), undefined, {
        gate,
      }),
  }),
  fixedAlphaBeta(1, 0),
  fixedAlphaBeta(2, 1),
  tracedMethod({
    ...lrp,
    id: 'lrp-alpha-beta',
    parameters: { alpha: { atLeast: 1 }, beta: { atLeast: 0 }, bias: biasSpec, gate: gateSpec },
    settle: settleAlphaBeta,
    composite: ({ alpha, beta, bias, gate }) =>
      lrpComposite(lrpAlphaBeta(alpha, beta, bias), undefined, { gate }),
  }),
  plainLrp('lrp-z-plus', lrpZPlus),
  plainLrp('lrp-flat', lrpFlat),
  plainLrp('lrp-w-squared', lrpWSquared),
  tracedMethod({
    ...lrp,
    id: 'lrp-z-box',
    parameters: { ...boundSpecs, epsilon: epsilonSpec, gate: gateSpec },
    settle: (parameters) => checkBounds('lrp-z-box', parameters),
    composite: ({ epsilon, low, high, gate }) =>
      lrpComposite(lrpEpsilon(epsilon), lrpZBox({ low, high }), { gate }),
  }),
] as const;
