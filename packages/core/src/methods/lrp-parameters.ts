import { PatternLensError } from '../errors/patternlens-error.js';
import type {
  MethodParameters,
  ParameterSpec,
  ParameterValue,
} from '../parameters/parameter-spec.js';
import { BIAS_TREATMENTS, type BiasTreatment } from '../rules/lrp-rules.js';
import type { InputBounds } from '../rules/lrp-z-box.js';

export const epsilonSpec: ParameterSpec = { default: 1e-6, above: 0 };
export const gammaSpec: ParameterSpec = { default: 0.25, atLeast: 0 };
export const biasSpec: ParameterSpec = { default: 'include', choices: BIAS_TREATMENTS };

/** What the network's inputs lie between. */
export const boundSpecs = {
  low: { required: true, list: true, example: -1 },
  high: { required: true, list: true, example: 1 },
} as const satisfies Record<string, ParameterSpec>;

export const biasOf = ({ bias }: MethodParameters): BiasTreatment => bias as BiasTreatment;

export const boundsOf = ({ low, high }: MethodParameters): InputBounds =>
  ({ low, high }) as InputBounds;

export function refuseParameters(method: string, message: string): never {
  throw new PatternLensError('core', 'invalid-argument', `${method}: ${message}`, { method });
}

const numbersOf = (bound: ParameterValue): readonly number[] =>
  typeof bound === 'number' ? [bound] : (bound as readonly number[]);

/** Checks that low is below high in every channel. */
export function checkBounds(method: string, parameters: MethodParameters): MethodParameters {
  const low = numbersOf(parameters['low']!),
    high = numbersOf(parameters['high']!);
  if (low.length !== high.length && low.length > 1 && high.length > 1)
    refuseParameters(
      method,
      `low holds ${low.length} numbers and high ${high.length}: give each one number, or one a channel.`,
    );
  for (let at = 0; at < Math.max(low.length, high.length); at++) {
    const from = low[low.length > 1 ? at : 0]!,
      to = high[high.length > 1 ? at : 0]!;
    if (!(from < to)) refuseParameters(method, `low must be below high, got ${from} and ${to}.`);
  }
  return parameters;
}
