import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import { formatDim } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import type { RuntimeValue } from '../values/values.js';

export interface DenseParts {
  /** `[inputs, outputs]`, or, where the file has it `transposed`, `[outputs, inputs]`. */
  readonly matrix: Parameter;
  readonly transposed?: boolean;
  readonly bias?: Parameter | undefined;
}

/** A matrix over the last axis. */
export function multiplyLast(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { matrix, transposed = false, bias }: DenseParts,
): RuntimeValue {
  const { shape } = matrix.tensor;
  if (shape.length !== 2)
    place.unsupported(`its weights have shape [${shape.join(', ')}]; a matrix is supported.`);
  const weights = transposed ? matrix : permuteParameter(matrix, [1, 0]);
  const [outputs, inputs] = weights.tensor.shape as [number, number];
  if (x.shape.at(-1) !== inputs || x.shape.length < 2)
    place.invalid(
      `weights for ${inputs} inputs do not fit an input of ${formatDim(x.shape.at(-1))}.`,
    );
  if (bias && bias.tensor.data.length !== outputs)
    place.invalid(`its bias has ${bias.tensor.data.length} values for ${outputs} outputs.`);
  const parameters = { weights, bias: bias && reshapeParameter(bias, [outputs]) };
  return context.layer(place, 'dense', [context.plain(x)], {}, parameters);
}
