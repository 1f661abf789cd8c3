import type { Layer } from '../layers/layer.js';
import type { Parameter } from '../layers/parameter.js';
import { changeNetwork, type Network } from '../network/network.js';

/** What was folded into the parameters of float32 layers becomes float32 again, once, so that every backend and the reference compute with
 * the very same numbers. Layers of float64 keep their precision. */
export function roundFolded(folded: Network, original: Network): Network {
  const single = new Set(original.layers.filter(isSingle).map(({ name }) => name));
  const layers = folded.layers.map((layer) =>
    single.has(layer.name) && !isSingle(layer) ? rounded(layer) : layer,
  );
  return changeNetwork(folded, { layers });
}

const isSingle = ({ parameters }: Layer): boolean =>
  Object.values(parameters).every(({ tensor }) => tensor.data instanceof Float32Array);

function rounded(layer: Layer): Layer {
  const parameters = Object.entries(layer.parameters).map(([name, { tensor, ...rest }]) => {
    const { data, shape } = tensor;
    return [name, { ...rest, tensor: { data: Float32Array.from(data), shape } }] as const;
  });
  return { ...layer, parameters: Object.fromEntries<Parameter>(parameters) };
}
