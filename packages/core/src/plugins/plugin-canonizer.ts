import type { Canonizer } from '../canonizers/canonizer.js';
import { createNetwork, type Network } from '../network/network.js';
import { guarded } from './plugin-errors.js';

/** The canonizer under the name of the plug-in that it comes from: what it makes is checked, and the network says who changed it. */
export function pluginCanonizer(plugin: string, { name, apply }: Canonizer): Canonizer {
  return {
    name,
    apply: guarded(plugin, `canonizer "${name}"`, (network) => {
      const changed = apply(network) as Network | undefined;
      if (changed === network) return network;
      if (!Array.isArray(changed?.layers)) throw new TypeError('it must return a network.');
      createNetwork(changed);
      const { changes } = changed;
      return {
        ...changed,
        changes:
          changes.length > network.changes.length
            ? changes
            : [...network.changes, `changed by canonizer "${name}" of plug-in ${plugin}`],
        plugins: [...new Set([...(network.plugins ?? []), plugin])],
      };
    }),
  };
}
