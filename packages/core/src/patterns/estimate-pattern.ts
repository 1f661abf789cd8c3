import type { Directions, NeuronWeights } from '../estimators/estimator.js';
import { linearEstimator, twoComponentEstimator } from '../estimators/estimators.js';
import { fromNeuronMajor, type WeightsLayout } from '../layers/neuron-major.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import {
  FITTED_ESTIMATORS,
  type FittedEstimator,
  type Pattern,
  type PatternKind,
  type PatternSource,
} from './pattern-set.js';
import { someNeurons } from './weights-of.js';

export interface EstimateOptions {
  /** Default: both. */
  readonly estimators?: readonly FittedEstimator[] | undefined;
  /** Neurons with fewer positive firings take the linear pattern in the positive regime; default 0, none. */
  readonly fallbackBelow?: number | undefined;
}

type Rows = Partial<Record<PatternKind, Float64Array | Float32Array>>;

function estimate(
  id: FittedEstimator,
  weights: NeuronWeights,
  moments: LayerMoments,
  fallbackBelow: number,
): Rows {
  if (id === 'linear') return { linear: linearEstimator.estimate(weights, moments).positive };
  const { positive, negative }: Directions = twoComponentEstimator({ fallbackBelow }).estimate(
    weights,
    moments,
  );
  return { positive, negative: negative! };
}

/** The pattern of one layer from its moments. A layer whose moments come in several parts is so large that its directions are kept in float32. */
export async function estimatePattern(
  layout: WeightsLayout,
  source: PatternSource,
  options: EstimateOptions = {},
): Promise<Pattern> {
  const { weights, parts } = source;
  const rows: Rows = {};
  const counts = new Float64Array(weights.neurons);
  let from = 0,
    samples = 0;
  for (const part of parts) {
    const moments = await part();
    const own = someNeurons(weights, from, from + moments.neurons);
    for (const id of options.estimators ?? FITTED_ESTIMATORS) {
      const made = estimate(id, own, moments, options.fallbackBelow ?? 0);
      for (const [kind, values] of Object.entries(made) as [PatternKind, Float64Array][]) {
        if (parts.length === 1) rows[kind] = values;
        else
          (rows[kind] ??= new Float32Array(weights.weights.length)).set(
            values,
            from * weights.inputs,
          );
      }
    }
    counts.set(moments.positiveCount, from);
    samples = moments.count;
    from += moments.neurons;
  }
  const shape = [weights.neurons, weights.inputs];
  const directions = Object.fromEntries(
    Object.entries(rows).map(([kind, data]) => [kind, fromNeuronMajor(layout, { data, shape })]),
  );
  return { layout, directions, counts, samples, source };
}
