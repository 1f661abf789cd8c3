import { permuteParameter, reshapeParameter, type Parameter, type Shape } from '@patternlens/core';

/** The permutation that brings the last axis behind the first. */
export function toFirst(rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return rank < 3 ? axes : [0, rank - 1, ...axes.slice(1, -1)];
}

/** The permutation that brings axis 1 to the end. */
export function fromFirst(rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return rank < 3 ? axes : [0, ...axes.slice(2), 1];
}

export const shapeInOrder = (shape: Shape, permutation: readonly number[]): Shape =>
  permutation.map((axis) => shape[axis]!);

/** Where one of TensorFlow's axes lies in the network's value. */
export function axisInOrder(axis: number, rank: number, channelsFirst: boolean): number {
  return channelsFirst ? toFirst(rank).indexOf(axis) : axis;
}

/** One number for each of TensorFlow's axes, in the order of the network's value. */
export function inOrder<T>(values: readonly T[], channelsFirst: boolean): T[] {
  return channelsFirst ? toFirst(values.length).map((axis) => values[axis]!) : [...values];
}

/** A parameter that broadcasts against a value without its batch axis, brought into the order of the value. */
export function parameterInOrder(
  parameter: Parameter,
  rank: number,
  channelsFirst: boolean,
): Parameter {
  const { shape } = parameter.tensor;
  if (!channelsFirst || shape.every((size) => size === 1)) return parameter;
  const full = [...new Array<number>(rank - 1 - shape.length).fill(1), ...shape];
  const whole = shape.length === full.length ? parameter : reshapeParameter(parameter, full);
  const permutation = toFirst(rank)
    .slice(1)
    .map((axis) => axis - 1);
  const turned = permutation.map((axis) => full[axis]!);
  // Where only axes of size 1 change their places, the numbers stay where they are.
  const kept = (sizes: readonly number[]): string => sizes.filter((size) => size !== 1).join();
  return kept(turned) === kept(full) && full.filter((size) => size !== 1).length < 2
    ? reshapeParameter(parameter, turned)
    : permuteParameter(whole, permutation);
}
