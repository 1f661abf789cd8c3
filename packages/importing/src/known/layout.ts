import { type Shape, type Tensor } from '@patternlens/core';
import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import {
  broadcastSteps,
  commonShape,
  formatShape,
  forEachBroadcast,
  isBatch,
  type Dim,
} from '@patternlens/core/tensor';

import { reshapeTo } from '../layers/reshape-to.js';
import type { NodeView } from '../place/node-view.js';
import { range } from '../values/axis-order.js';
import {
  constantValue,
  dimsOf,
  isScalar,
  knownShape,
  knownSizes,
  parameterOf,
  type ConstantValue,
  type KnownValue,
} from '../values/values.js';
import { limitElements, limitShape } from './limit-elements.js';
import { entryAt, checkPermutation, checkRepeats } from '../layers/axes.js';

/** The elements of a tensor at the given places, axis by axis. */
function pick(
  node: NodeView,
  { data, shape }: Tensor,
  places: readonly (readonly number[])[],
): Tensor {
  const sizes = places.map(({ length }) => length);
  const result = new Float64Array(limitShape(node, sizes));
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((total, size) => total * size, 1),
  );
  const offsets = places.map((taken, axis) => taken.map((place) => place * strides[axis]!));
  const index = new Array<number>(sizes.length).fill(0);
  let from = offsets.reduce<number>((sum, taken) => sum + (taken[0] ?? 0), 0);
  for (let at = 0; at < result.length; at++) {
    result[at] = data[from]!;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const taken = offsets[axis]!;
      const next = (index[axis]! + 1) % sizes[axis]!;
      from += taken[next]! - taken[index[axis]!]!;
      index[axis] = next;
      if (next > 0) break;
    }
  }
  return { data: data instanceof Float32Array ? Float32Array.from(result) : result, shape: sizes };
}

const changed = (
  value: ConstantValue,
  change: (parameter: Parameter) => Parameter,
): ConstantValue => constantValue(change(parameterOf(value)), value.type);

/** The value under another shape; sizes stay a list, or become one number. */
export function reshaped(value: KnownValue, shape: readonly number[]): KnownValue {
  return value.kind === 'constant'
    ? changed(value, (parameter) => reshapeParameter(parameter, shape))
    : knownSizes(value.dims, shape.length === 0);
}

/** The value under the shape that a reshape asks for. */
export function reshape(
  node: NodeView,
  value: KnownValue,
  wanted: readonly Dim[],
): KnownValue | undefined {
  const shape = reshapeTo(node, { shape: knownShape(value), batch: undefined }, wanted);
  return shape.some(isBatch) ? undefined : reshaped(value, shape as readonly number[]);
}

export function transposed(
  node: NodeView,
  value: KnownValue,
  permutation: readonly number[],
): KnownValue {
  checkPermutation(node, permutation, knownShape(value).length);
  return value.kind === 'sizes'
    ? value
    : changed(value, (parameter) => permuteParameter(parameter, permutation));
}

/** Entries of one axis, by the places that a constant gives; its axes take the place of the axis. */
export function gather(
  node: NodeView,
  value: KnownValue,
  indices: KnownValue,
  axis: number,
): KnownValue | undefined {
  if (indices.kind !== 'constant') return undefined;
  const shape = knownShape(value);
  const counted = node.axis(axis, shape.length);
  const places = Array.from(indices.tensor.data, (index) => entryAt(node, index, shape[counted]!));
  if (value.kind === 'sizes')
    return knownSizes(
      places.map((place) => value.dims[place]!),
      isScalar(indices),
    );
  const picked = pick(
    node,
    value.tensor,
    shape.map((size, other) => (other === counted ? places : range(size))),
  );
  const taken = [...shape.slice(0, counted), ...indices.tensor.shape, ...shape.slice(counted + 1)];
  return constantValue({ tensor: { data: picked.data, shape: taken } }, value.type);
}

const joins = (shape: readonly number[], like: readonly number[], axis: number): boolean =>
  shape.length === like.length &&
  shape.every((size, other) => other === axis || size === like[other]);

/** Values one behind another along an axis. */
export function concat(node: NodeView, values: readonly KnownValue[], axis: number): KnownValue {
  if (!values.every((value) => value.kind === 'constant'))
    return values.every((value) => knownShape(value).length <= 1)
      ? knownSizes(values.flatMap(dimsOf), false)
      : node.unsupported('it joins shapes with something else.');
  const like = (values[0] ?? node.invalid('it joins nothing.')).tensor.shape;
  const counted = node.axis(axis, like.length);
  if (values.some(({ tensor }) => !joins(tensor.shape, like, counted)))
    node.invalid(
      `shapes ${values.map(({ tensor }) => formatShape(tensor.shape)).join(' and ')} do not join at axis ${counted}.`,
    );
  const total = values.reduce((sum, { tensor }) => sum + tensor.shape[counted]!, 0);
  const shape = like.map((size, other) => (other === counted ? total : size));
  const result = { data: new Float64Array(limitShape(node, shape)), shape };
  let start = 0;
  for (const { tensor } of values) {
    placeInto(result, tensor, counted, start);
    start += tensor.shape[counted]!;
  }
  const type = values.some((value) => value.type === 'float') ? 'float' : values[0]!.type;
  return constantValue({ tensor: result }, type);
}

/** Writes a tensor into a larger one of otherwise the same shape, from an entry of an axis on. */
export function placeInto(
  into: { readonly data: Float64Array; readonly shape: readonly number[] },
  { data, shape }: Tensor,
  axis: number,
  start: number,
): void {
  const inner = shape.slice(axis + 1).reduce((count, size) => count * size, 1);
  const row = shape[axis]! * inner;
  for (let outer = 0; outer * row < data.length; outer++)
    into.data.set(
      data.subarray(outer * row, (outer + 1) * row),
      outer * into.shape[axis]! * inner + start * inner,
    );
}

/** The entries at the given places of every axis. */
export function slice(
  node: NodeView,
  value: KnownValue,
  places: readonly (readonly number[])[],
): KnownValue {
  return value.kind === 'sizes'
    ? knownSizes(
        places[0]!.map((place) => value.dims[place]!),
        false,
      )
    : constantValue({ tensor: pick(node, value.tensor, places) }, value.type);
}

/** A constant repeated to a shape that it broadcasts to; along the batch it stands for itself with size 1. */
export function expand(node: NodeView, value: KnownValue, wanted: Shape): KnownValue | undefined {
  if (value.kind !== 'constant') return undefined;
  const sizes = wanted.map((dim) => (isBatch(dim) ? 1 : dim));
  const shape = commonShape(value.tensor.shape, sizes);
  const data = new Float64Array(limitShape(node, shape));
  forEachBroadcast(shape, [broadcastSteps(value.tensor.shape, shape)], (at, [from]) => {
    data[at] = value.tensor.data[from!]!;
  });
  return constantValue({ tensor: { data, shape } }, value.type);
}

export function tile(
  node: NodeView,
  value: KnownValue,
  repeats: readonly number[],
): KnownValue | undefined {
  if (value.kind !== 'constant') return undefined;
  const { shape, data } = value.tensor;
  checkRepeats(node, repeats, shape.length);
  limitElements(
    node,
    repeats.reduce((total, count) => total * count, data.length),
  );
  const places = shape.map((size, axis) => range(size * repeats[axis]!).map((at) => at % size));
  return constantValue({ tensor: pick(node, value.tensor, places) }, value.type);
}
