import type { Layer } from '../layers/layer.js';
import { changeNetwork, type Network } from '../network/network.js';

/** A pure change of a network that leaves what it computes as it is (but for a head that is cut). */
export interface Canonizer {
  readonly name: string;
  readonly apply: (network: Network) => Network;
}

/** The network without a layer: layers that read its value read `instead`. */
export function bypassLayer(
  network: Network,
  removed: Layer,
  instead: string,
  change: string,
): Network {
  return changeNetwork(network, {
    layers: network.layers
      .filter((layer) => layer !== removed)
      .map((layer) => rewire(layer, removed.output, instead)),
    outputs: network.outputs.map((output) => (output === removed.output ? instead : output)),
    changes: [change],
  });
}

export function replaceLayer(
  network: Network,
  old: Layer,
  replacement: Layer,
  change: string,
): Network {
  return changeNetwork(network, {
    layers: network.layers.map((layer) => (layer === old ? replacement : layer)),
    changes: [change],
  });
}

function rewire(layer: Layer, from: string, to: string): Layer {
  if (!layer.inputs.includes(from)) return layer;
  return { ...layer, inputs: layer.inputs.map((input) => (input === from ? to : input)) };
}

/** Repeats a change until it finds nothing more to do. */
export function repeat(
  change: (network: Network) => Network | undefined,
): (network: Network) => Network {
  return (network) => {
    let current = network;
    for (let next = change(current); next; next = change(current)) current = next;
    return current;
  };
}
