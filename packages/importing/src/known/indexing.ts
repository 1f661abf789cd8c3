import type { Tensor } from '@patternlens/core';
import type { NodeView } from '../place/node-view.js';
import { constantValue, type ConstantValue, type KnownValue } from '../values/values.js';
import { elementPlaces, vectorPlaces } from './places.js';

const picked = ({ data }: Tensor, places: readonly number[], shape: readonly number[]): Tensor => ({
  data: Float64Array.from(places, (at) => data[at]!),
  shape,
});

/** One entry of a constant along an axis for every element of a tensor of indices. */
export function gatherElements(node: NodeView, axis: number): KnownValue | undefined {
  const [value, indices] = [node.known(0), node.known(1)];
  if (value.kind !== 'constant' || indices.kind !== 'constant') return undefined;
  const { shape } = value.tensor;
  const places = elementPlaces(node, shape, indices.tensor, node.axis(axis, shape.length));
  const tensor = picked(value.tensor, places, indices.tensor.shape);
  return constantValue({ tensor }, value.type);
}

/** What vectors of indices point to in a constant. */
export function gatherVectors(node: NodeView, batched: number): KnownValue | undefined {
  const [value, indices] = [node.known(0), node.known(1)];
  if (value.kind !== 'constant' || indices.kind !== 'constant') return undefined;
  const { places, shape } = vectorPlaces(node, value.tensor.shape, indices.tensor, batched);
  return constantValue({ tensor: picked(value.tensor, places, shape) }, value.type);
}

const joining = {
  none: (_before: number, update: number): number => update,
  add: (before: number, update: number): number => before + update,
  mul: (before: number, update: number): number => before * update,
  max: Math.max,
  min: Math.min,
} as const;

/** A constant with the updates at their places. */
export function scattered(
  value: ConstantValue,
  updates: ConstantValue,
  targets: readonly number[],
  mode: keyof typeof joining,
): KnownValue {
  const data = Float64Array.from(value.tensor.data);
  targets.forEach((target, at) => {
    data[target] = joining[mode](data[target]!, updates.tensor.data[at]!);
  });
  return constantValue({ tensor: { data, shape: value.tensor.shape } }, value.type);
}
