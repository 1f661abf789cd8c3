import type { Shape } from '@patternlens/core';
import { isBatch, sizeOf } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { range } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { gather, pad, permute } from './layout.js';
import { reshape } from './reshape.js';

/** The sizes of one sample, in which the batch counts as 1, as the indices of a file whose batch is fixed to 1 mean it. */
export const sampleSizes = (shape: Shape): number[] => shape.map((dim) => (isBatch(dim) ? 1 : dim));

/** @throws PatternLensError where indices name entries along a batch that the file leaves free. */
export function checkFixed(place: Place, context: ImportContext, shape: Shape): void {
  if (shape.some(isBatch) && context.fixedBatch !== 1)
    place.unsupported('its indices name entries along the batch.', SAMPLES_ALONE);
}

/** The same where indices name the first axes alone: behind them a batch is taken whole. */
export function checkNamed(
  place: Place,
  context: ImportContext,
  shape: Shape,
  named: number,
): void {
  checkFixed(place, context, shape.slice(0, named));
}

const withoutBatch = (shape: Shape): number[] =>
  shape.filter((dim): dim is number => !isBatch(dim));

/** Each sample in one row, in the model's order of axes: `[batch, values]`, or `[values]` where nothing depends on the batch. */
export function sampleRows(context: ImportContext, place: Place, x: RuntimeValue): RuntimeValue {
  const batch = x.shape.findIndex(isBatch);
  const rest = range(x.shape.length).filter((axis) => axis !== batch);
  const first = batch > 0 ? permute(context, place.part('batch-first'), x, [batch, ...rest]) : x;
  const values = sizeOf(withoutBatch(x.shape));
  const shape = batch < 0 ? [values] : [x.shape[batch]!, values];
  return reshape(context, place.part('rows'), first, shape);
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
  const axis = rows.shape.length - 1;
  const size = rows.shape[axis] as number;
  const holed = places.some((at) => at < 0);
  const begin = rows.shape.map(() => 0);
  const end = rows.shape.map((_, at) => (at === axis ? 1 : 0));
  const whole = holed ? pad(context, place.part('border'), rows, { begin, end }, missing) : rows;
  const indices = holed ? places.map((at) => (at < 0 ? size : at)) : places;
  const picked = gather(context, place.part('entries'), whole, axis, indices);
  return unfolded(context, place, picked, shape);
}
