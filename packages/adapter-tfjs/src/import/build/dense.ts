import { formatDim, permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';

/** A matrix `[inputs, outputs]` over the last axis. */
export function multiplyLast(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  kernel: Parameter,
  bias?: Parameter,
): RuntimeValue {
  const [inputs, outputs, ...more] = kernel.tensor.shape;
  if (inputs === undefined || outputs === undefined || more.length > 0)
    return place.invalid(`its kernel of shape [${kernel.tensor.shape.join(', ')}] is no matrix.`);
  if (x.shape.at(-1) !== inputs || x.shape.length < 2)
    place.invalid(
      `its kernel for ${inputs} inputs does not fit an input of ${formatDim(x.shape.at(-1))}.`,
    );
  if (bias && bias.tensor.data.length !== outputs)
    place.invalid(`its bias has ${bias.tensor.data.length} values for ${outputs} outputs.`);
  return context.layer(
    place,
    'dense',
    {
      inputs: [context.plain(x)],
      attributes: {},
      parameters: {
        weights: permuteParameter(kernel, [1, 0]),
        bias: bias && reshapeParameter(bias, [outputs]),
      },
    },
    false,
  );
}
