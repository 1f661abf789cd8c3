import { type Shape } from '@patternlens/core';
import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import { BATCH, isBatch, type Dim } from '@patternlens/core/tensor';

/** For each axis of the network's value, the model's axis that it is. The network's first axis is that of the samples, wherever the model has them: it stands for
 * an axis of the model of which a sample has one entry, or, as `SAMPLES`, for none. */
export type AxisOrder = readonly number[];

/** The network's axis of samples where it stands for none of the model's: a sample has all of the model's axes then. */
export const SAMPLES = -1;

/** Where the samples of a batch are in a value of the model: along an axis whose entries are, for each of so many parts `before`, those of all samples one behind
 * another. `[N * T]` has 1 before, `[T * N]` has T. */
export interface BatchPlace {
  readonly axis: number;
  readonly before: number;
}

export const range = (size: number): number[] => Array.from({ length: size }, (_, at) => at);

/** The model's own order. */
export const modelOrder = (rank: number): AxisOrder => range(rank);

/** The model's own order behind the axis of samples: a sample's entries one behind another as the model has them. */
export function plainOrder(shape: Shape): AxisOrder {
  const axes = range(shape.length);
  const axis = shape.findIndex((dim) => isBatch(dim) && dim.batch === 1);
  return axis < 0 ? [SAMPLES, ...axes] : [axis, ...axes.filter((other) => other !== axis)];
}

/** The order of a model whose channels are last, brought to what the network's windows expect: batch, channels, the rest. */
export const channelsFirst = (rank: number): AxisOrder =>
  rank < 3 ? range(rank) : [0, rank - 1, ...range(rank).slice(1, -1)];

export const isModelOrder = (order: AxisOrder): boolean => order.every((axis, at) => axis === at);

export const sameOrder = (a: AxisOrder, b: AxisOrder): boolean => a.join() === b.join();

export const samePlace = (a: BatchPlace | undefined, b: BatchPlace | undefined): boolean =>
  a?.axis === b?.axis && a?.before === b?.before;

/** One entry for each of the model's axes, in the order of the network's value. */
export const inOrder = <T>(entries: readonly T[], order: AxisOrder, ofSamples: T): T[] =>
  order.map((axis) => (axis === SAMPLES ? ofSamples : entries[axis]!));

/** How many of the model's axes an order is about. */
const rankOf = (order: AxisOrder): number =>
  order[0] === SAMPLES ? order.length - 1 : order.length;

/** The sizes that a sample has of the model's axes. */
export const sampleSizes = (shape: Shape): number[] =>
  shape.map((dim) => (isBatch(dim) ? dim.batch : dim));

/** The shape that the network holds a value of the model in. */
export const networkShape = (shape: Shape, order: AxisOrder): Shape => {
  const sizes = sampleSizes(shape);
  return order.map((axis, at): Dim => (at === 0 ? BATCH : sizes[axis]!));
};

/** The shape as the model sees it, from that of the network's value. */
export function modelShape(shape: Shape, order: AxisOrder, batch: BatchPlace | undefined): Shape {
  return range(rankOf(order)).map((axis) => {
    const at = order.indexOf(axis);
    const size = at === 0 ? 1 : (shape[at] as number);
    return axis === batch?.axis ? { batch: size } : size;
  });
}

/** What is left of an order when some of the model's axes are gone. */
export function withoutAxes(order: AxisOrder, axes: readonly number[]): AxisOrder {
  const left = order.filter((axis, at) => at === 0 || !axes.includes(axis));
  return left.map((axis) =>
    axes.includes(axis) ? SAMPLES : axis - axes.filter((gone) => gone < axis).length,
  );
}

/** A parameter that broadcasts against a value of the model, brought into the order of the network's value; of the axis that the network's samples stand for it
 * has one entry. */
export function parameterInOrder(parameter: Parameter, order: AxisOrder): Parameter {
  const { shape } = parameter.tensor;
  const rank = rankOf(order);
  const missing = rank - shape.length;
  const own = range(shape.length).map((axis) => axis + missing);
  const behind = order.slice(1);
  // Its axes are the network's last ones, or all of size 1 and no more than the network has.
  const stands = sameOrder(own, behind.slice(behind.length - own.length));
  if (stands || (shape.every((size) => size === 1) && shape.length <= behind.length))
    return parameter;
  const full = [...new Array<number>(missing).fill(1), ...shape];
  const turned = behind.map((axis) => full[axis]!);
  // Where only axes of size 1 change their places, the numbers stay where they are.
  const kept = (sizes: readonly number[]): number[] => sizes.filter((size) => size !== 1);
  if (kept(turned).join() === kept(full).join() && kept(full).length < 2)
    return reshapeParameter(parameter, turned);
  const first = order[0] === SAMPLES ? full : full.filter((_, axis) => axis !== order[0]);
  const places = behind.toSorted((a, b) => a - b);
  const whole = shape.join() === first.join() ? parameter : reshapeParameter(parameter, first);
  const permutation = behind.map((axis) => places.indexOf(axis));
  return isModelOrder(permutation) ? whole : permuteParameter(whole, permutation);
}
