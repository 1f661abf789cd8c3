import { neuronLayout, type FittedLayer } from '@patternlens/core/network';
import { secondMomentsBytes } from './moments/second-moments.js';

/** How layers are measured: in passes that fit the memory, or for a subset of neurons. */
export interface QualityPlan {
  readonly passes: readonly (readonly FittedLayer[])[];
  readonly wide: readonly FittedLayer[];
}

/** Both splits' moments, and the matrices of the closed form. */
const bytesOf = (layer: FittedLayer): number => 2 * secondMomentsBytes(layer);
const workBytes = (layer: FittedLayer): number => {
  const { inputs, neurons, groups } = neuronLayout(layer);
  return 8 * (4 * inputs * inputs + (8 * neurons * inputs) / groups);
};

/** Layers with more inputs a neuron than `dimensions`, or whose moments don't fit `memory` bytes, are wide; the others share passes. */
export function planQuality(
  layers: readonly FittedLayer[],
  memory: number,
  dimensions: number,
): QualityPlan {
  const wide = layers.filter(
    (layer) =>
      neuronLayout(layer).inputs > dimensions || bytesOf(layer) + workBytes(layer) > memory,
  );
  const passes: FittedLayer[][] = [];
  let used = Infinity;
  for (const layer of layers) {
    if (wide.includes(layer)) continue;
    const bytes = bytesOf(layer);
    if (used + bytes + workBytes(layer) > memory) {
      passes.push([]);
      used = 0;
    }
    passes.at(-1)!.push(layer);
    used += bytes;
  }
  return { passes, wide };
}
