import type { PoolAttributes } from './operation.js';

/** Number of positions of a window along one spatial axis. */
export function convOutputSize(size: number, axis: number, a: PoolAttributes): number {
  const span = (a.kernel[axis]! - 1) * a.dilations[axis]! + 1;
  return Math.floor((size + a.padsBegin[axis]! + a.padsEnd[axis]! - span) / a.strides[axis]!) + 1;
}

/** Spatial sizes after a window has moved over all axes. */
export function windowOutput(spatial: readonly number[], attributes: PoolAttributes): number[] {
  return spatial.map((size, axis) => convOutputSize(size, axis, attributes));
}
