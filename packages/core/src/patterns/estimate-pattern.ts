import { PatternLensError } from '../errors/patternlens-error.js';
import { fromNeuronMajor, type WeightsLayout } from '../layers/neuron-major.js';
import type { Directions, Estimator, NeuronWeights } from './estimators/estimator.js';
import { estimatorOf, twoComponentEstimator } from './estimators/estimators.js';
import type { LayerMoments } from './moments/layer-moments.js';
import {
  FITTED_ESTIMATORS,
  type FittedEstimator,
  kindsOf,
  type Pattern,
  type PatternSource,
} from './pattern-set.js';
import { someNeurons } from './weights-of.js';

export interface EstimateOptions {
  /** Default: both, and those of plug-ins that are fitted. */
  readonly estimators?: readonly FittedEstimator[] | undefined;
  /** Neurons with fewer positive firings take the linear pattern in the positive regime; default 0, none. */
  readonly fallbackBelow?: number | undefined;
}

/** Estimators beside PatternLens' own, by name: those of plug-ins. */
export type FurtherEstimators = ReadonlyMap<string, Estimator>;

type Rows = Record<string, Float64Array | Float32Array>;

/** The estimators that directions are kept of, where nothing else is asked for. */
export function fittedEstimators(further: FurtherEstimators): readonly FittedEstimator[] {
  const fitted = [...further.values()].filter((estimator) => estimator.fitted);
  return [...FITTED_ESTIMATORS, ...fitted.map(({ id }) => id)];
}

function fittedEstimator(
  id: FittedEstimator,
  fallbackBelow: number,
  further: FurtherEstimators,
): Estimator {
  if (id === 'two-component') return twoComponentEstimator({ fallbackBelow });
  const estimator = estimatorOf(id, 0, further);
  if (estimator.fitted) return estimator;
  throw new PatternLensError(
    'core',
    'invalid-argument',
    `the estimator "${id}" is not fitted from data: it needs no patterns. Leave it out.`,
  );
}

function estimate(
  id: FittedEstimator,
  weights: NeuronWeights,
  moments: LayerMoments,
  estimator: Estimator,
): Rows {
  const [first, second] = kindsOf(id) as [string, string?];
  const { positive, negative }: Directions = estimator.estimate(weights, moments);
  return second === undefined || negative === undefined
    ? { [first]: positive }
    : { [first]: positive, [second]: negative };
}

/** The pattern of one layer from its moments. A layer whose moments come in several parts is so large that its directions are kept in float32. */
export async function estimatePattern(
  layout: WeightsLayout,
  source: PatternSource,
  further: FurtherEstimators,
  options: EstimateOptions = {},
): Promise<Pattern> {
  const { weights, parts } = source;
  const rows: Rows = {};
  const ids = options.estimators ?? fittedEstimators(further);
  const estimators = new Map(
    ids.map((id) => [id, fittedEstimator(id, options.fallbackBelow ?? 0, further)]),
  );
  const counts = new Float64Array(weights.neurons);
  let from = 0,
    samples = 0;
  for (const part of parts) {
    const moments = await part();
    const partWeights = someNeurons(weights, from, from + moments.neurons);
    for (const [id, estimator] of estimators) {
      const made = estimate(id, partWeights, moments, estimator);
      for (const [kind, values] of Object.entries(made)) {
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
