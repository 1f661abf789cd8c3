import { isFitted } from '../layers/layer.js';
import { weightsLayout } from '../layers/neuron-major.js';
import { ofLayer } from '../network/concerning.js';
import {
  type EstimateOptions,
  estimatePattern,
  fittedEstimators,
} from '../patterns/estimate-pattern.js';
import { fingerprintOf } from '../patterns/fingerprint.js';
import type { LayerMoments } from '../patterns/moments/layer-moments.js';
import type { NeuronRange } from '../patterns/moments/trace-moments.js';
import type { Pattern, PatternSet } from '../patterns/pattern-set.js';
import { neuronWeights } from '../patterns/weights-of.js';
import type { ResolvedNetwork } from '../plugins/resolve-network.js';

/** Moments of consecutive neurons of a layer, read when they are needed. */
export interface MomentsOf {
  readonly range: NeuronRange;
  readonly moments: () => Promise<LayerMoments>;
}

export interface EstimatePatternsOptions extends EstimateOptions {
  readonly preprocessing?: string | undefined;
  readonly withoutMoments?: boolean | undefined;
  /** Names of the layers; default: every layer that there are moments of. */
  readonly layers?: readonly string[] | undefined;
}

/** The patterns of the layers that there are moments of, for all estimators. */
export async function estimatePatterns(
  network: ResolvedNetwork,
  samples: number,
  ranges: readonly MomentsOf[],
  options: EstimatePatternsOptions,
): Promise<PatternSet> {
  const further = network.extensions.estimators;
  const layers = new Map<string, Pattern>();
  for (const layer of network.layers.filter(isFitted)) {
    const parts = ranges
      .filter(({ range }) => range.layer.name === layer.name)
      .map(({ moments }) => moments);
    if (parts.length === 0 || options.layers?.includes(layer.name) === false) continue;
    const pattern = await ofLayer(layer.name, () =>
      estimatePattern(
        weightsLayout(layer),
        { weights: neuronWeights(layer), parts },
        further,
        options,
      ),
    );
    layers.set(
      layer.name,
      options.withoutMoments === true ? { ...pattern, source: undefined } : pattern,
    );
  }
  return {
    fingerprint: fingerprintOf(network),
    layers,
    samples,
    estimators: options.estimators ?? fittedEstimators(further),
    preprocessing: options.preprocessing,
  };
}
