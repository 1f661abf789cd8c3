import { changeNetwork, type Network } from '../network/network.js';
import type { Canonizer } from './canonizer.js';

/** The part of a network that leads to one of its values, which becomes its only output. */
export function upTo<N extends Network>(network: N, value: string): N {
  const needed = new Set([value]);
  const layers = network.layers.toReversed().filter((layer) => {
    if (!needed.has(layer.output)) return false;
    for (const input of layer.inputs) needed.add(input);
    return true;
  });
  return changeNetwork(network, { layers: layers.reverse(), outputs: [value] });
}

/** Drops what the first output, the one that is explained, does not depend on. */
export const keepExplained: Canonizer = {
  name: 'keep-explained',
  apply: (network) => {
    const kept = upTo(network, network.outputs[0]!);
    const dropped = network.layers.length - kept.layers.length;
    if (dropped === 0) return kept;
    return changeNetwork(kept, {
      changes: [`${dropped} layers that the first output does not depend on dropped`],
    });
  },
};
