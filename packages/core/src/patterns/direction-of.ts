import { PatternLensError } from '../errors/patternlens-error.js';
import type { LinearLayer } from '../layers/layer.js';
import { fromNeuronMajor, weightsLayout } from '../layers/neuron-major.js';
import { firstNotFinite } from '../tensor/check-finite.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Estimator, EstimatorId } from './estimators/estimator.js';
import { estimatorOf } from './estimators/estimators.js';
import { withLinearFallback } from './linear-fallback.js';
import { kindFor, type PatternSet } from './pattern-set.js';
import { neuronWeights } from './weights-of.js';

/** The directions that an estimator gives a layer, in the layout of its weights: from the pattern set, or from the weights alone. Neurons whose positive regime is
 * empty in the data take the linear one there.
 * @throws PatternLensError `missing-pattern` where they have to be fitted and were not. */
export function directionOf(
  layer: LinearLayer,
  patterns: PatternSet | undefined,
  id: EstimatorId,
  regime: 'positive' | 'negative',
  plugins?: ReadonlyMap<string, Estimator>,
): Tensor {
  const estimator = estimatorOf(id, 0, plugins);
  if (!estimator.fitted) {
    const weights = neuronWeights(layer);
    const { positive, negative = positive } = estimator.estimate(weights, undefined);
    return fromNeuronMajor(weightsLayout(layer), {
      data: regime === 'negative' ? negative : positive,
      shape: [weights.neurons, weights.inputs],
    });
  }
  const pattern = patterns?.layers.get(layer.name);
  const directions = pattern?.directions;
  const kind = kindFor(id, regime, directions ?? {});
  const direction = directions?.[kind];
  if (direction) {
    if (firstNotFinite(direction) < 0)
      return kind === 'positive' ? withLinearFallback(pattern!, direction) : direction;
    throw new PatternLensError(
      'core',
      'not-finite',
      `patterns: the "${kind}" direction of layer "${layer.name}" holds numbers that are not finite. Fit the patterns again.`,
      { layer: layer.name },
    );
  }
  const missing = patterns
    ? `the patterns hold no "${kind}" direction for layer "${layer.name}"`
    : 'no patterns were given';
  throw new PatternLensError(
    'core',
    'missing-pattern',
    `the estimator "${id}" is fitted from data, and ${missing}. Fit them first (patternlens fit, or fitPatterns${estimator.plugin === undefined ? '' : `, with the plug-in ${estimator.plugin}`}).`,
    { layer: layer.name },
  );
}
