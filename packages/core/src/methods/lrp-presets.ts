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
  type GammaPresetOptions,
} from '../composites/lrp-composites.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import {
  boundsOf,
  boundSpecs,
  checkBounds,
  epsilonSpec,
  gammaSpec,
  refuseParameters,
} from './lrp-parameters.js';
import type { TracedDefinition } from './method-definition.js';

const preset = (
  id: string,
  composite: (options: EpsilonOptions) => Composite,
): TracedDefinition => ({
  id,
  group: 'attribution',
  start: 'value',
  parameters: { epsilon: epsilonSpec },
  composite: ({ epsilon }) => composite({ epsilon: epsilon as number }),
});

const gammaOptions = ({ gamma, epsilon }: MethodParameters): GammaPresetOptions => ({
  gamma: gamma as number,
  epsilon: epsilon as number,
});

const BOX = 'epsilon-gamma-box';
const TAYLOR = 'deep-taylor';

/** A rule for convolutions, epsilon in dense layers, and in some a rule for the layers that read the input. */
export const lrpPresets: readonly TracedDefinition[] = [
  preset('epsilon-plus', epsilonPlus),
  preset('epsilon-plus-flat', epsilonPlusFlat),
  {
    ...preset('epsilon-gamma', epsilonGamma),
    parameters: { gamma: gammaSpec, epsilon: epsilonSpec },
    composite: (parameters) => epsilonGamma(gammaOptions(parameters)),
  },
  {
    ...preset(BOX, epsilonGamma),
    parameters: { ...boundSpecs, gamma: gammaSpec, epsilon: epsilonSpec },
    settle: (parameters) => checkBounds(BOX, parameters),
    composite: (parameters) =>
      epsilonGammaBox({ ...gammaOptions(parameters), ...boundsOf(parameters) }),
  },
  preset('epsilon-alpha2-beta1', epsilonAlpha2Beta1),
  preset('epsilon-alpha2-beta1-flat', epsilonAlpha2Beta1Flat),
];

/** What is known of the input follows from the bounds where they are given. */
function settleDeepTaylor(parameters: MethodParameters): MethodParameters {
  const { low, high } = parameters;
  const bounded = low !== undefined || high !== undefined;
  const input = parameters['input'] ?? (bounded ? 'box' : 'unbounded');
  if (input !== 'box') {
    if (bounded)
      refuseParameters(
        TAYLOR,
        `low and high are bounds for input=box, got input=${input as string}. Leave out the one or the other.`,
      );
    return { ...parameters, input };
  }
  if (low === undefined || high === undefined)
    refuseParameters(
      TAYLOR,
      `input=box needs low and high. For example ${TAYLOR}:low=-1,high=1, or one number a channel, ${TAYLOR}:low=-1/-1/-1,high=1/1/1.`,
    );
  return checkBounds(TAYLOR, { ...parameters, input });
}

/** Deep Taylor decomposition (Montavon et al. 2017). */
export const deepTaylorMethod: TracedDefinition = {
  id: TAYLOR,
  group: 'attribution',
  start: 'value',
  parameters: {
    input: { choices: ['unbounded', 'box', 'positive'] },
    low: { list: true },
    high: { list: true },
  },
  settle: settleDeepTaylor,
  composite: (parameters) => {
    const { input } = parameters;
    return deepTaylor(input === 'box' ? boundsOf(parameters) : (input as 'unbounded' | 'positive'));
  },
};
