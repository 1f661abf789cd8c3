import type { Composite } from '../composites/composite.js';
import {
  deepTaylor,
  epsilonAlpha2Beta1,
  epsilonAlpha2Beta1Flat,
  epsilonGamma,
  epsilonGammaBox,
  type EpsilonOptions,
  epsilonPlus,
  epsilonPlusFlat,
} from '../composites/lrp-composites.js';
import type { GateTreatment } from '../rules/held-rules.js';
import type { InputBounds } from '../rules/lrp-z-box.js';
import {
  boundSpecs,
  checkBounds,
  epsilonSpec,
  gammaSpec,
  gateSpec,
  refuseParameters,
} from './lrp-parameters.js';
import { tracedMethod } from './method-definition.js';

/** Group and start of every preset. */
const lrp = { group: 'attribution', start: 'value' } as const;

const preset = <const Id extends string>(
  id: Id,
  composite: (options: EpsilonOptions) => Composite,
) => tracedMethod({ ...lrp, id, parameters: { epsilon: epsilonSpec, gate: gateSpec }, composite });

const BOX = 'epsilon-gamma-box';
const TAYLOR = 'deep-taylor';

/** A rule for convolutions, epsilon in dense layers, and in some a rule for the layers that read the input. */
export const lrpPresets = [
  preset('epsilon-plus', epsilonPlus),
  preset('epsilon-plus-flat', epsilonPlusFlat),
  tracedMethod({
    ...lrp,
    id: 'epsilon-gamma',
    parameters: { gamma: gammaSpec, epsilon: epsilonSpec, gate: gateSpec },
    composite: epsilonGamma,
  }),
  tracedMethod({
    ...lrp,
    id: BOX,
    parameters: { ...boundSpecs, gamma: gammaSpec, epsilon: epsilonSpec, gate: gateSpec },
    settle: (parameters) => checkBounds(BOX, parameters),
    composite: epsilonGammaBox,
  }),
  preset('epsilon-alpha2-beta1', epsilonAlpha2Beta1),
  preset('epsilon-alpha2-beta1-flat', epsilonAlpha2Beta1Flat),
] as const;

const INPUTS = ['unbounded', 'box', 'positive'] as const;

interface TaylorParameters extends Partial<InputBounds> {
  readonly input?: (typeof INPUTS)[number];
  readonly gate: GateTreatment;
}

/** What is known of the input follows from the bounds where they are given. */
function settleDeepTaylor(parameters: TaylorParameters): DeepTaylorInput {
  const { low, high } = parameters;
  const bounded = low !== undefined || high !== undefined;
  const input = parameters.input ?? (bounded ? 'box' : 'unbounded');
  if (input !== 'box') {
    if (bounded)
      refuseParameters(
        TAYLOR,
        `low and high are bounds for input=box, got input=${input}. Leave out the one or the other.`,
      );
    return { ...parameters, input };
  }
  if (low === undefined || high === undefined)
    refuseParameters(
      TAYLOR,
      `input=box needs low and high. For example ${TAYLOR}:low=-1,high=1, or one number a channel, ${TAYLOR}:low=-1/-1/-1,high=1/1/1.`,
    );
  return checkBounds(TAYLOR, { ...parameters, input, low, high });
}

type DeepTaylorInput = { readonly gate: GateTreatment } & (
  { readonly input: 'unbounded' | 'positive' } | ({ readonly input: 'box' } & InputBounds)
);

/** Deep Taylor decomposition (Montavon et al. 2017). */
export const deepTaylorMethod = tracedMethod({
  ...lrp,
  id: TAYLOR,
  parameters: {
    input: { choices: INPUTS },
    low: { list: true },
    high: { list: true },
    gate: gateSpec,
  },
  settle: settleDeepTaylor,
  composite: (parameters) =>
    deepTaylor(parameters.input === 'box' ? parameters : parameters.input, parameters),
});
