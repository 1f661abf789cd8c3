import type { Tensor } from '@patternlens/core';
import { isBatch } from '@patternlens/core/tensor';
import { elementPlaces, vectorPlaces } from '../known/places.js';
import { axisOfSample } from '../layers/axes.js';
import { checkFixed, checkNamed, pickEntries, sampleRows, sampleSizes } from '../layers/entries.js';
import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import type { RuntimeValue } from '../values/values.js';

/** One entry along an axis for every element of a constant tensor of indices. */
export function gatherElements(
  node: NodeView,
  context: ImportContext,
  x: RuntimeValue,
  indices: Tensor,
  axis: number,
): RuntimeValue {
  const counted = axisOfSample(node, x, axis);
  checkFixed(node, context, x.shape);
  const places = elementPlaces(node, sampleSizes(x.shape), indices, counted);
  const shape = indices.shape.map((size, at) => (isBatch(x.shape[at]) ? x.shape[at] : size));
  return pickEntries(context, node, sampleRows(context, node, x), { places, shape });
}

/** What vectors of indices point to. */
export function gatherVectors(
  node: NodeView,
  context: ImportContext,
  x: RuntimeValue,
  indices: Tensor,
  batched: number,
): RuntimeValue {
  checkNamed(node, context, x.shape, batched + indices.shape.at(-1)!);
  const sizes = sampleSizes(x.shape);
  const { places, shape } = vectorPlaces(node, sizes, indices, batched);
  const named = batched + indices.shape.at(-1)!;
  const moved = indices.shape.length - 1 - named;
  const batch = x.shape.findIndex(isBatch);
  // An axis that vectors name is no axis of what they point to.
  const at = batch < batched ? batch : batch < named ? -1 : batch + moved;
  const held = shape.map((size, axis) => (axis === at ? x.shape[batch]! : size));
  return pickEntries(context, node, sampleRows(context, node, x), { places, shape: held });
}
