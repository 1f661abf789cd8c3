import { PatternLensError } from '../errors/patternlens-error.js';
import type { ParameterSpec } from '../parameters/parameter-spec.js';
import { GATES } from '../rules/held-rules.js';
import { BIAS_TREATMENTS } from '../rules/lrp-rules.js';
import type { InputBounds } from '../rules/lrp-z-box.js';

/** Parameters that several methods have. */
export const epsilonSpec = { default: 1e-6, above: 0 } as const satisfies ParameterSpec;
export const gammaSpec = { default: 0.25, atLeast: 0 } as const satisfies ParameterSpec;
export const biasSpec = {
  default: 'include',
  choices: BIAS_TREATMENTS,
} as const satisfies ParameterSpec;

export const gateSpec = { default: 'hold', choices: GATES } as const satisfies ParameterSpec;

/** What the network's inputs lie between. */
export const boundSpecs = {
  low: { required: true, list: true, example: -1 },
  high: { required: true, list: true, example: 1 },
} as const satisfies Record<string, ParameterSpec>;

export function refuseParameters(method: string, message: string): never {
  throw new PatternLensError('core', 'invalid-argument', `${method}: ${message}`, { method });
}

const numbersOf = (bound: number | readonly number[]): readonly number[] =>
  typeof bound === 'number' ? [bound] : bound;

/** Checks that low is below high in every channel. */
export function checkBounds<P extends InputBounds>(method: string, parameters: P): P {
  const low = numbersOf(parameters.low),
    high = numbersOf(parameters.high);
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
