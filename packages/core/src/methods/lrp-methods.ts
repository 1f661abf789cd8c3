import { lrpComposite } from '../composites/lrp-composites.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import {
  lrpAlphaBeta,
  lrpEpsilon,
  lrpFlat,
  lrpGamma,
  lrpWSquared,
  lrpZPlus,
} from '../rules/lrp-rules.js';
import { lrpZBox } from '../rules/lrp-z-box.js';
import {
  biasOf,
  biasSpec,
  boundsOf,
  boundSpecs,
  checkBounds,
  epsilonSpec,
  gammaSpec,
  refuseParameters,
} from './lrp-parameters.js';
import { plainMethod, type TracedDefinition } from './method-definition.js';

const lrp = (
  id: string,
  parameters: TracedDefinition['parameters'],
  composite: TracedDefinition['composite'],
  settle?: TracedDefinition['settle'],
): TracedDefinition => ({
  id,
  group: 'attribution',
  start: 'value',
  parameters,
  composite,
  ...(settle ? { settle } : {}),
});

const fixedAlphaBeta = (alpha: number, beta: number): TracedDefinition =>
  lrp(`lrp-alpha${alpha}-beta${beta}`, { bias: biasSpec }, (parameters) =>
    lrpComposite(lrpAlphaBeta(alpha, beta, biasOf(parameters))),
  );

/** Rounding of what people type: 1.1 - 0.1 is not quite 1. */
const ROUNDING = 1e-9;

/** Alpha and beta, of which either follows from the other. */
function settleAlphaBeta(parameters: MethodParameters): MethodParameters {
  const given = parameters as { readonly alpha?: number; readonly beta?: number };
  const alpha = given.alpha ?? (given.beta === undefined ? 2 : given.beta + 1);
  const beta = given.beta ?? alpha - 1;
  if (Math.abs(alpha - beta - 1) > ROUNDING)
    refuseParameters(
      'lrp-alpha-beta',
      `alpha - beta must be 1, or relevance is not conserved, got alpha ${alpha} and beta ${beta}. Give one of them, and the other follows.`,
    );
  return { ...parameters, alpha, beta };
}

/** Layer-wise relevance propagation (Bach et al. 2015), one rule for all linear layers. */
export const lrpMethods: readonly TracedDefinition[] = [
  lrp('lrp-0', { bias: biasSpec }, (parameters) => lrpComposite(lrpEpsilon(0, biasOf(parameters)))),
  lrp('lrp-epsilon', { epsilon: epsilonSpec, bias: biasSpec }, (parameters) =>
    lrpComposite(lrpEpsilon(parameters['epsilon'] as number, biasOf(parameters))),
  ),
  lrp(
    'lrp-gamma',
    {
      gamma: gammaSpec,
      generalised: { default: 'no', choices: ['no', 'yes'] },
      bias: biasSpec,
    },
    (parameters) =>
      lrpComposite(
        lrpGamma(parameters['gamma'] as number, {
          generalised: parameters['generalised'] === 'yes',
          bias: biasOf(parameters),
        }),
      ),
  ),
  fixedAlphaBeta(1, 0),
  fixedAlphaBeta(2, 1),
  lrp(
    'lrp-alpha-beta',
    { alpha: { atLeast: 1 }, beta: { atLeast: 0 }, bias: biasSpec },
    (parameters) =>
      lrpComposite(
        lrpAlphaBeta(
          parameters['alpha'] as number,
          parameters['beta'] as number,
          biasOf(parameters),
        ),
      ),
    settleAlphaBeta,
  ),
  plainMethod('lrp-z-plus', 'attribution', 'value', lrpComposite(lrpZPlus)),
  plainMethod('lrp-flat', 'attribution', 'value', lrpComposite(lrpFlat)),
  plainMethod('lrp-w-squared', 'attribution', 'value', lrpComposite(lrpWSquared)),
  lrp(
    'lrp-z-box',
    { ...boundSpecs, epsilon: epsilonSpec },
    (parameters) =>
      lrpComposite(lrpEpsilon(parameters['epsilon'] as number), lrpZBox(boundsOf(parameters))),
    (parameters) => checkBounds('lrp-z-box', parameters),
  ),
];
