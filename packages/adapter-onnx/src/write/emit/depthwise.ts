import type { EmitScope } from './emitter.js';

export interface DepthwiseOptions {
  readonly kernel?: readonly [number, number];
  readonly strides?: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads?: readonly [number, number, number, number];
  readonly bias?: number;
}

/** A convolution that does the same to every channel by itself: the one operator that copies, shifts, scales and compares without leaving the blocked
 * layout. Copies and differences of two entries are exact, since all other weights are 0. */
export function depthwise(
  { graph }: EmitScope,
  x: string,
  channels: number,
  weights: readonly number[],
  options: DepthwiseOptions = {},
): string {
  const { kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], bias } = options;
  const count = weights.length;
  const w = graph.repeated(weights, channels * count, [channels, 1, ...kernel]);
  const b = bias === undefined ? [] : [graph.repeated([bias], channels, [channels])];
  return graph.node('Conv', [x, w, ...b], { group: channels, strides, pads });
}

/** The largest finite float32, nearly: it makes every positive normal number more than 1. */
const LARGE = 3e38;

/** 1 where a value that is never negative is above 0. A positive number below 1e-38, which processors flush to 0, may count as less than 1. */
export function isAboveZero(scope: EmitScope, x: string, channels: number): string {
  return scope.graph.node('Clip', [
    depthwise(scope, x, channels, [LARGE]),
    scope.graph.scalar(0),
    scope.graph.scalar(1),
  ]);
}

/** 1 where a value that is never negative is 0. */
export function isZero(scope: EmitScope, x: string, channels: number): string {
  return scope.graph.node('Clip', [
    depthwise(scope, x, channels, [-LARGE], { bias: 1 }),
    scope.graph.scalar(0),
    scope.graph.scalar(1),
  ]);
}
