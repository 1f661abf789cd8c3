/** How a kernel moves over its input, one number per spatial axis. Negative pads are not allowed. */
export interface WindowAttributes {
  readonly strides: readonly number[];
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
  readonly dilations: readonly number[];
}

export interface ConvAttributes extends WindowAttributes {
  readonly groups: number;
}

/** Padding of a pool is minus infinity for maxima and zero for averages. */
export interface PoolAttributes extends WindowAttributes {
  readonly kernel: readonly number[];
}

/** Number of positions of a window along one spatial axis. */
export function convOutputSize(size: number, axis: number, a: PoolAttributes): number {
  const span = (a.kernel[axis]! - 1) * a.dilations[axis]! + 1;
  return Math.floor((size + a.padsBegin[axis]! + a.padsEnd[axis]! - span) / a.strides[axis]!) + 1;
}

/** Spatial sizes after a window has moved over all axes. */
export function windowOutput(spatial: readonly number[], attributes: PoolAttributes): number[] {
  return spatial.map((size, axis) => convOutputSize(size, axis, attributes));
}
