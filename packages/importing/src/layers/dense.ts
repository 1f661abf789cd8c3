import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import { formatDim, formatShape, isBatch } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import type { RuntimeValue } from '../values/values.js';
import { together } from './elementwise.js';
import { addAxes, dropAxes } from './layout.js';

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
  if (isBatch(x.shape.at(-1))) place.unsupported('it adds along the batch axis.', SAMPLES_ALONE);
  if (x.shape.at(-1) !== inputs)
    place.invalid(
      `weights for ${inputs} inputs do not fit an input of ${formatDim(x.shape.at(-1))}.`,
    );
  if (bias && bias.tensor.data.length !== outputs)
    place.invalid(`its bias has ${bias.tensor.data.length} values for ${outputs} outputs.`);
  const parameters = { weights, bias: bias && reshapeParameter(bias, [outputs]) };
  const held = x.order.length > 1 && x.order.at(-1) === x.shape.length - 1 ? x : context.plain(x);
  return context.layer(place, 'dense', [held], {}, parameters, 'as-first');
}

/** The product of two computed values over the last axis of the one and the last but one of the other, for each entry of the axes before. */
export function multiplyValues(
  context: ImportContext,
  place: Place,
  left: RuntimeValue,
  right: RuntimeValue,
): RuntimeValue {
  const isVector = ({ shape }: RuntimeValue): boolean => shape.length < 2;
  const a = isVector(left) ? addAxes(context, place.part('row'), left, [0]) : left;
  const b = isVector(right) ? addAxes(context, place.part('column'), right, [1]) : right;
  for (const { batch, shape } of [a, b])
    if (batch && batch.axis >= shape.length - 2)
      place.unsupported(
        `it multiplies along the axes of ${formatShape(shape)}, one of which is the batch.`,
        SAMPLES_ALONE,
      );
  const inputs = together(context, place, [a, b]).map((value) => context.plain(value));
  const vectors = [isVector(left), isVector(right)];
  const at = vectors.includes(true) ? place.part('matrix') : place;
  const made = context.layer(at, 'matrix-product', inputs, {}, {}, 'as-first');
  const rank = made.shape.length;
  const dropped = [rank - 2, rank - 1].filter((_, index) => vectors[index]);
  return dropped.length === 0 ? made : dropAxes(context, place, made, dropped);
}
