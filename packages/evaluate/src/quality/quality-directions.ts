import { type Pattern } from '@patternlens/core';
import {
  type FittedLayer,
  neuronWeights,
  toNeuronMajor,
  weightsLayout,
} from '@patternlens/core/network';
import { estimatorOf, type PatternKind } from '@patternlens/core/patterns';
import { type Directions, type Estimator, type EstimatorId } from '@patternlens/core/rules';

/** A layer's directions for an estimator, neuron by neuron: from its pattern where they were fitted. Undefined where the estimator has none. */
export async function qualityDirections(
  layer: FittedLayer,
  pattern: Pattern | undefined,
  given: EstimatorId | Estimator,
  seed: number,
): Promise<Directions | undefined> {
  const estimator = typeof given === 'string' ? estimatorOf(given, seed) : given;
  if (estimator.id === 'identity') return undefined;
  const weights = neuronWeights(layer);
  if (!estimator.fitted) return estimator.estimate(weights, undefined);
  const rows = (kind: PatternKind): Float64Array | undefined => {
    const direction = pattern?.directions[kind];
    return direction && Float64Array.from(toNeuronMajor(weightsLayout(layer), direction).data);
  };
  if (estimator.id === 'linear') {
    const positive = rows('linear');
    return positive && { positive };
  }
  if (estimator.id === 'two-component') {
    const positive = rows('positive'),
      negative = rows('negative');
    return positive && negative && { positive, negative };
  }
  const parts = pattern?.source?.parts;
  return parts?.length === 1 ? estimator.estimate(weights, await parts[0]!()) : undefined;
}
