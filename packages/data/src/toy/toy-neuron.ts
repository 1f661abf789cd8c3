import { emptyMoments, linearEstimator, twoComponentEstimator } from '@patternlens/core/patterns';
import { type LayerMoments } from '@patternlens/core/rules';
import type { PlaneVector } from './toy-model.js';
import type { ToySamples } from './toy-samples.js';

/** A linear neuron that was trained on samples of a toy model, and the patterns of it. */
export interface ToyNeuron {
  /** w. */
  readonly weights: PlaneVector;
  readonly bias: number;
  /** a of the linear estimator. */
  readonly pattern: PlaneVector;
  /** a+ and a- of the two-component estimator. */
  readonly positive: PlaneVector;
  readonly negative: PlaneVector;
  /** What each estimator leaves: the correlation of w'x with x - S(x) along (-w2, w1), on which all of it lies. */
  readonly left: {
    readonly filter: number;
    readonly linear: number;
    readonly twoComponent: number;
  };
}

interface Moment {
  readonly mean: readonly [number, number, number];
  /** Of x1, x2 and y, by rows. */
  readonly covariance: readonly (readonly number[])[];
}

function momentsOf(columns: readonly Float64Array[]): Moment {
  const mean = columns.map(
    (column) => column.reduce((sum, value) => sum + value, 0) / column.length,
  );
  const covariance = columns.map((a, i) =>
    columns.map(
      (b, j) =>
        a.reduce((sum, value, at) => sum + (value - mean[i]!) * (b[at]! - mean[j]!), 0) / a.length,
    ),
  );
  return { mean: mean as [number, number, number], covariance };
}

/** The regression from x1 and x2 to y, with a constant. */
function leastSquares({ mean, covariance }: Moment): { weights: PlaneVector; bias: number } {
  const [[p, q, s], [, r, t]] = covariance as [number[], number[]];
  const determinant = p! * r! - q! * q!;
  const weights: PlaneVector = [
    (r! * s! - q! * t!) / determinant,
    (p! * t! - q! * s!) / determinant,
  ];
  return { weights, bias: mean[2] - weights[0] * mean[0] - weights[1] * mean[1] };
}

/** The sums that core's estimators work on, about y = 0. */
function layerMoments(x: readonly Float64Array[], y: Float64Array, bias: number): LayerMoments {
  const moments = emptyMoments(1, 2, 1, new Float64Array(1));
  const sumOf = (values: (at: number) => number): number =>
    y.reduce((sum, _, at) => sum + values(at), 0);
  const both = (values: (component: Float64Array, at: number) => number): Float64Array =>
    Float64Array.from(x, (component) => sumOf((at) => values(component, at)));
  const fires = (at: number): number => (y[at]! + bias > 0 ? 1 : 0);
  return {
    ...moments,
    count: y.length,
    positiveCount: Float64Array.of(sumOf(fires)),
    y: Float64Array.of(sumOf((at) => y[at]!)),
    x: both((component, at) => component[at]!),
    xy: both((component, at) => component[at]! * y[at]!),
    positiveX: both((component, at) => fires(at) * component[at]!),
    positiveXy: both((component, at) => fires(at) * component[at]! * y[at]!),
  };
}

/** Trains a linear neuron by least squares, fits its patterns with the estimators of the core, and measures what each leaves. */
export function toyNeuron({ input, target }: ToySamples): ToyNeuron {
  const x = [0, 1].map((component) =>
    Float64Array.from(target, (_, at) => input.data[2 * at + component]!),
  );
  const { weights, bias } = leastSquares(momentsOf([x[0]!, x[1]!, target]));
  const y = target.map((_, at) => weights[0] * x[0]![at]! + weights[1] * x[1]![at]!);
  const moments = layerMoments(x, y, bias);
  const layer = { weights: Float64Array.from(weights), neurons: 1, inputs: 2 };
  const vector = (values: Float64Array): PlaneVector => [values[0]!, values[1]!];
  const pattern = vector(linearEstimator.estimate(layer, moments).positive);
  const regimes = twoComponentEstimator().estimate(layer, moments);
  const positive = vector(regimes.positive);
  const negative = vector(regimes.negative!);

  const length = Math.hypot(...weights);
  const left = (directionAt: (at: number) => PlaneVector): number => {
    const rest = target.map((_, at) => {
      const [u1, u2] = directionAt(at);
      const along1 = x[0]![at]! - u1 * y[at]!;
      const along2 = x[1]![at]! - u2 * y[at]!;
      return (weights[0] * along2 - weights[1] * along1) / length;
    });
    const { covariance } = momentsOf([rest, y]);
    const [[restVariance, shared], [, variance]] = covariance as [number[], number[]];
    return shared! / Math.sqrt(restVariance! * variance!);
  };
  const filter: PlaneVector = [weights[0] / length ** 2, weights[1] / length ** 2];
  return {
    weights,
    bias,
    pattern,
    positive,
    negative,
    left: {
      filter: left(() => filter),
      linear: left(() => pattern),
      twoComponent: left((at) => (y[at]! + bias > 0 ? positive : negative)),
    },
  };
}
