import { type Shape } from '@patternlens/core';
import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';

/** For each axis of the network's value, the model's axis that it is. The network's first axis is the batch, wherever the model has it. */
export type AxisOrder = readonly number[];

export const range = (size: number): number[] => Array.from({ length: size }, (_, at) => at);

/** The model's own order. */
export const modelOrder = (rank: number): AxisOrder => range(rank);

/** The order of a model whose channels are last, brought to what the network's windows expect: batch, channels, the rest. */
export const channelsFirst = (rank: number): AxisOrder =>
  rank < 3 ? range(rank) : [0, rank - 1, ...range(rank).slice(1, -1)];

export const isModelOrder = (order: AxisOrder): boolean => order.every((axis, at) => axis === at);

export const sameOrder = (a: AxisOrder, b: AxisOrder): boolean => a.join() === b.join();

/** One entry for each of the model's axes, in the order of the network's value. */
export const inOrder = <T>(entries: readonly T[], order: AxisOrder): T[] =>
  order.map((axis) => entries[axis]!);

/** The shape as the model sees it, from that of the network's value. */
export function modelShape(shape: Shape, order: AxisOrder): Shape {
  return range(order.length).map((axis) => shape[order.indexOf(axis)]!);
}

/** What is left of an order when some of the model's axes are gone. */
export function withoutAxes(order: AxisOrder, axes: readonly number[]): AxisOrder {
  const left = order.filter((axis) => !axes.includes(axis));
  return left.map((axis) => axis - axes.filter((gone) => gone < axis).length);
}

/** A parameter that broadcasts against a value of the model without its batch axis, brought into the order of the network's value. */
export function parameterInOrder(parameter: Parameter, order: AxisOrder): Parameter {
  const { shape } = parameter.tensor;
  if (isModelOrder(order) || shape.every((size) => size === 1)) return parameter;
  const rank = order.length;
  const full = [...new Array<number>(rank - 1 - shape.length).fill(1), ...shape];
  const whole = shape.length === full.length ? parameter : reshapeParameter(parameter, full);
  const permutation = withoutAxes(order, [order[0]!]);
  const turned = inOrder(full, permutation);
  // Where only axes of size 1 change their places, the numbers stay where they are.
  const kept = (sizes: readonly number[]): number[] => sizes.filter((size) => size !== 1);
  return kept(turned).join() === kept(full).join() && kept(full).length < 2
    ? reshapeParameter(parameter, turned)
    : permuteParameter(whole, permutation);
}
