import { type Network, type Tensor } from '@patternlens/core';
import { changeNetwork, type Layer, type Parameter } from '@patternlens/core/network';
import { normals } from '@patternlens/core/tensor';
import { meanOf } from '../statistics/bootstrap.js';
import { seedOf } from '../statistics/shuffled.js';

/** Nearly normal numbers of mean 0 and the standard deviation of the tensor's own, at its precision. */
function redrawn({ data, shape }: Tensor, seed: number): Tensor {
  const mean = meanOf(data);
  const deviation = Math.sqrt(meanOf(Float64Array.from(data, (value) => (value - mean) ** 2)));
  const draw = normals(seed);
  return { data: data.map(() => deviation * draw()), shape };
}

function redrawnLayer(layer: Layer, seed: number): Layer {
  const parameters = Object.entries(layer.parameters).map(([name, parameter], at) => [
    name,
    { ...parameter, tensor: redrawn(parameter.tensor, seedOf(seed, at)) },
  ]);
  return { ...layer, parameters: Object.fromEntries(parameters) as Record<string, Parameter> };
}

/** A canonised network whose named layers have their weights and biases drawn anew: normal, of mean 0 and each tensor's own standard deviation.
 * A layer's draw depends on the seed and its place alone, not on which others are drawn. */
export function randomiseLayers<N extends Network>(
  network: N,
  names: ReadonlySet<string>,
  seed: number,
): N {
  return changeNetwork(network, {
    layers: network.layers.map((layer, at) =>
      names.has(layer.name) ? redrawnLayer(layer, seedOf(seed, at, 1)) : layer,
    ),
  });
}
