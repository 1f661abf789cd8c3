import { PatternLensError } from '../errors/patternlens-error.js';
import type { Network } from '../network/network.js';
import { checkFinite } from '../tensor/check-finite.js';
import { checkTensor } from '../tensor/check-tensor.js';
import type { TensorRecord } from '../tensor/tensor-record.js';

/** Checks that every input of a network is there, is a tensor and is finite.
 * @throws PatternLensError `invalid-argument`, `not-finite`, naming the input. */
export function checkInputs(network: Network, inputs: TensorRecord): void {
  for (const { name } of network.inputs) {
    const given = inputs[name];
    if (!given)
      throw new PatternLensError(
        'core',
        'invalid-argument',
        `input "${name}" is missing. Inputs: ${network.inputs.map((input) => input.name).join(', ')}.`,
      );
    checkTensor(`input "${name}"`, given);
    checkFinite(`input "${name}"`, given);
  }
}
