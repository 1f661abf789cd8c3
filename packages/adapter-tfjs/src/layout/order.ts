/** The order in which logical axes stand in memory: physical axis `i` holds logical axis `order[i]`. */
export type Order = readonly number[];

export const logical = (rank: number): number[] => Array.from({ length: rank }, (_, axis) => axis);

/** Batch, spatial axes, channels. */
export const channelsLast = (rank: number): number[] =>
  rank < 3 ? logical(rank) : [0, ...logical(rank).slice(2), 1];

export const physicalShape = (shape: readonly number[], order: Order): number[] =>
  order.map((axis) => shape[axis]!);

/** The axes that have more than one entry, as they stand in memory. */
export const arrangement = (shape: readonly number[], order: Order): number[] =>
  order.filter((axis) => shape[axis] !== 1);

/** Whether values of a shape lie in memory alike under both orders. */
export function isSameArrangement(shape: readonly number[], a: Order, b: Order): boolean {
  return arrangement(shape, a).join() === arrangement(shape, b).join();
}
