import type { Shape } from '@patternlens/core';
import { isBatch, sizeOf, type Dim } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { range } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { permute, reshape } from './layout.js';

/** The sizes of one sample, in which the batch counts as 1, as the indices of a file whose batch is fixed to 1 mean it. */
export const sampleSizes = (shape: Shape): number[] => shape.map((dim) => (isBatch(dim) ? 1 : dim));

/** @throws PatternLensError where indices name entries along a batch that the file leaves free. */
export function checkFixed(place: Place, context: ImportContext, shape: Shape): void {
  if (shape.some(isBatch) && !context.batchWasFixed)
    place.unsupported('its indices name entries along the batch.', SAMPLES_ALONE);
}

const withoutBatch = (shape: Shape): number[] =>
  shape.filter((dim): dim is number => !isBatch(dim));

/** Each sample in one row, in the model's order of axes: `[batch, values]`, or one row where nothing depends on the batch. */
export function sampleRows(context: ImportContext, place: Place, x: RuntimeValue): RuntimeValue {
  const batch = x.shape.findIndex(isBatch);
  const rest = range(x.shape.length).filter((axis) => axis !== batch);
  const first = batch > 0 ? permute(context, place.part('batch-first'), x, [batch, ...rest]) : x;
  const rows: Dim = batch < 0 ? 1 : x.shape[batch]!;
  return reshape(context, place.part('rows'), first, [rows, sizeOf(withoutBatch(x.shape))]);
}

/** Rows of samples in the shape that they have together; its batch, or without one the row, is where the shape has it. */
function unfolded(
  context: ImportContext,
  place: Place,
  rows: RuntimeValue,
  shape: Shape,
): RuntimeValue {
  const batch = shape.findIndex(isBatch);
  if (batch < 0 && isBatch(rows.shape[0]))
    place.unsupported('what it makes has no axis for the batch.', SAMPLES_ALONE);
  if (batch <= 0) return reshape(context, place, rows, shape);
  const rest = range(shape.length).filter((axis) => axis !== batch);
  const turned = reshape(context, place.part('turned'), rows, [
    shape[batch]!,
    ...withoutBatch(shape),
  ]);
  return permute(
    context,
    place,
    turned,
    range(shape.length).map((axis) => (axis === batch ? 0 : 1 + rest.indexOf(axis))),
  );
}

/** Entries of rows of samples, wherever they are.
 * @param places In a row; what is below 0 stands for `missing`. */
export function pickEntries(
  context: ImportContext,
  place: Place,
  rows: RuntimeValue,
  {
    places,
    shape,
    missing = 0,
  }: {
    readonly places: readonly number[];
    readonly shape: Shape;
    readonly missing?: number;
  },
): RuntimeValue {
  const size = rows.shape[1] as number;
  const holed = places.some((at) => at < 0);
  const attributes = { begin: [0, 0], end: [0, 1], value: missing };
  const whole = holed ? context.layer(place.part('border'), 'pad', [rows], attributes) : rows;
  const indices = holed ? places.map((at) => (at < 0 ? size : at)) : places;
  const picked = context.layer(place.part('entries'), 'gather', [whole], { axis: 1, indices });
  return unfolded(context, place, picked, shape);
}
