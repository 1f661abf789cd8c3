import { suggestion } from '../../errors/nearest-name.js';
import { PatternLensError } from '../../errors/patternlens-error.js';
import { normals } from '../../tensor/normals.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import { type Regime, regimeCovariance } from './covariance.js';
import {
  type Estimator,
  ESTIMATOR_IDS,
  type EstimatorId,
  type NeuronWeights,
} from './estimator.js';
import { normaliseDirections } from './normalise.js';

function needed(moments: LayerMoments | undefined, id: EstimatorId): LayerMoments {
  if (moments) return moments;
  throw new PatternLensError(
    'core',
    'missing-pattern',
    `the estimator "${id}" is fitted from data, and there are no moments.`,
  );
}

const fittedDirections = (
  layer: NeuronWeights,
  moments: LayerMoments,
  regime: Regime,
): Float64Array =>
  normaliseDirections(layer, (neuron) => regimeCovariance(moments, neuron, regime));

/** `S_a(x) = a w'x`, `a = cov[x, y] / (w' cov[x, y])` (equation 4). */
export const linearEstimator: Estimator = {
  id: 'linear',
  fitted: true,
  estimate: (layer, moments) => ({
    positive: fittedDirections(layer, needed(moments, 'linear'), 'all'),
  }),
};

export interface TwoComponentOptions {
  /** Neurons with fewer positive firings take the linear pattern; 0 (the default) leaves all as fitted. */
  readonly fallbackBelow?: number;
}

/** `S_a+-(x)`: a direction for each regime (equations 5 to 8). */
export function twoComponentEstimator({ fallbackBelow = 0 }: TwoComponentOptions = {}): Estimator {
  return {
    id: 'two-component',
    fitted: true,
    estimate: (layer, given) => {
      const moments = needed(given, 'two-component');
      const rare = (neuron: number): boolean => moments.positiveCount[neuron]! < fallbackBelow;
      return {
        positive: normaliseDirections(layer, (neuron) =>
          regimeCovariance(moments, neuron, rare(neuron) ? 'all' : 'positive'),
        ),
        negative: fittedDirections(layer, moments, 'negative'),
      };
    },
  };
}

/** `S_w(x) = w (w'w)^-1 w'x`: what DeConvNet and Guided BackProp assume. */
const filterEstimator: Estimator = {
  id: 'filter',
  fitted: false,
  estimate: (layer) => ({ positive: normaliseDirections(layer, (_neuron, row) => row) }),
};

/** `S_r(x) = u (w'u)^-1 w'x` with a random direction u, by seed. */
function randomEstimator(seed = 0): Estimator {
  return {
    id: 'random',
    fitted: false,
    estimate: (layer) => {
      const draw = normals(seed);
      return {
        positive: normaliseDirections(layer, () =>
          Float64Array.from({ length: layer.inputs }, draw),
        ),
      };
    },
  };
}

/** `S_x(x) = x`: all of the input is signal, so there is no one direction. */
const identityEstimator: Estimator = {
  id: 'identity',
  fitted: false,
  estimate: () => {
    throw new PatternLensError(
      'core',
      'missing-pattern',
      'the estimator "identity" takes the whole input for the signal and has no direction. Use pattern-attribution with it, or lrp-0.',
    );
  },
};

/** An estimator by its name: PatternLens' own, or a plug-in's.
 * @throws PatternLensError `invalid-argument` for an unknown one, with the nearest name. */
export function estimatorOf(
  id: EstimatorId,
  seed = 0,
  plugins: ReadonlyMap<string, Estimator> = new Map(),
): Estimator {
  switch (id) {
    case 'linear':
      return linearEstimator;
    case 'two-component':
      return twoComponentEstimator();
    case 'filter':
      return filterEstimator;
    case 'random':
      return randomEstimator(seed);
    case 'identity':
      return identityEstimator;
    default:
      return plugins.get(id) ?? unknown(id, [...ESTIMATOR_IDS, ...plugins.keys()]);
  }
}

function unknown(id: string, known: readonly string[]): never {
  throw new PatternLensError(
    'core',
    'invalid-argument',
    `there is no estimator "${id}". ${suggestion(id, known)} One of a plug-in needs the plug-in (--plugin NAME, or the option plugins).`,
  );
}
