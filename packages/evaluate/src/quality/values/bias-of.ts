import type { FittedLayer } from '@patternlens/core/network';

/** A layer's bias, one number a neuron (of a dense layer also one a position and neuron); zeros where it has none. */
export function biasOf(layer: FittedLayer, neurons: number): ArrayLike<number> {
  const bias = layer.parameters['bias']?.tensor.data;
  if (!bias) return new Float64Array(neurons);
  return bias.length === 1 ? new Float64Array(neurons).fill(bias[0]!) : bias;
}
