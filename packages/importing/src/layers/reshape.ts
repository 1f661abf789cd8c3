import { type Shape } from '@patternlens/core';
import { formatShape, isBatch, sameShape, type Dim } from '@patternlens/core/tensor';
import type { Held, ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { networkShape, plainOrder } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { batchIn, reshapeTo } from './reshape-to.js';

/** Another shape over the same values, which are read in the model's order. */
export function reshape(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  shape: Shape,
): RuntimeValue {
  const attributes = { shape: networkShape(shape, plainOrder(shape)) };
  const held = heldAfter(place, x, shape);
  return context.layer(place, 'reshape', [context.plain(x)], attributes, {}, held);
}

/** The same, without a layer of its own where the network holds the values in the same shape: the parts of samples as samples, or the other way round. */
export function regarded(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  shape: Shape,
): RuntimeValue {
  const plain = context.plain(x);
  const order = plainOrder(shape);
  return sameShape(networkShape(shape, order), networkShape(x.shape, plain.order))
    ? { ...plain, shape, ...heldAfter(place, x, shape) }
    : reshape(context, place, x, shape);
}

/** How the network holds a value after a reshape.
 * @throws PatternLensError where samples are mixed. */
function heldAfter(place: Place, x: RuntimeValue, shape: Shape): Held {
  const single = shape.filter(isBatch).length === 1;
  const batch = x.batch && single ? batchIn(x, shape) : undefined;
  if (x.batch && !batch)
    place.unsupported(
      `as ${formatShape(shape)}, the samples of ${formatShape(x.shape)} are mixed with each other.`,
      SAMPLES_ALONE,
    );
  return { order: plainOrder(shape), batch };
}

/** The shape that a file asks for, of which one size may be -1. */
export const wantedShape = (
  context: ImportContext,
  place: Place,
  { shape, batch }: RuntimeValue,
  wanted: readonly Dim[],
): Shape => reshapeTo(place, { shape, batch, fixed: context.fixedBatch }, wanted);
