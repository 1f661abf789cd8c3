/** Sums over the samples (and positions) of one layer, in float64. `y` is the pre-activation without bias; the positive regime is `y + b > 0`. */
export interface LayerMoments {
  readonly neurons: number;
  readonly inputs: number;
  readonly groups: number;
  /** Number of samples (and positions). */
  readonly count: number;
  /** A constant near each neuron's mean of y, about which the sums are taken: `[neurons]`. */
  readonly shift: Float64Array;
  /** Number of positive firings: `[neurons]`. */
  readonly positiveCount: Float64Array;
  /** Sum of `y - shift`: `[neurons]`. */
  readonly y: Float64Array;
  /** Sum of x: `[groups, inputs]`. */
  readonly x: Float64Array;
  /** Sum of `x (y - shift)`: `[neurons, inputs]`. */
  readonly xy: Float64Array;
  /** Sum of `x (y - shift)` over the positive regime: `[neurons, inputs]`. */
  readonly positiveXy: Float64Array;
  /** Sum of x over the positive regime: `[neurons, inputs]`. */
  readonly positiveX: Float64Array;
}

/** Moments of no samples about the given shifts. */
export function emptyMoments(
  neurons: number,
  inputs: number,
  groups: number,
  shift: Float64Array,
): LayerMoments {
  const perWeight = (): Float64Array => new Float64Array(neurons * inputs);
  return {
    neurons,
    inputs,
    groups,
    count: 0,
    shift,
    positiveCount: new Float64Array(neurons),
    y: new Float64Array(neurons),
    x: new Float64Array(groups * inputs),
    xy: perWeight(),
    positiveXy: perWeight(),
    positiveX: perWeight(),
  };
}

/** The group that a neuron belongs to. */
export function groupOf(moments: LayerMoments, neuron: number): number {
  return Math.floor((neuron * moments.groups) / moments.neurons);
}
