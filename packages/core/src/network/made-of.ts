import { groupOf } from '../layers/definition-of.js';
import type { Layer } from '../layers/layer.js';
import { makerOf, type Network } from './network.js';

/** A value, and what it is laid out from or a multiple of. */
export function sourcesOf(value: string, network: Network): ReadonlySet<string> {
  const sources = new Set<string>();
  for (let at: string | undefined = value; at !== undefined;) {
    sources.add(at);
    const maker = makerOf(network, at);
    const isSame = maker && (groupOf(maker) === 'layout' || maker.kind === 'scale');
    at = isSame && maker.inputs.length === 1 ? maker.inputs[0] : undefined;
  }
  return sources;
}

/** The layers between a value and the sources, where it is made of nothing else, by layers that are allowed; undefined where it is made of more. */
export function isMadeOf(
  value: string,
  sources: ReadonlySet<string>,
  network: Network,
  allowed: (layer: Layer) => boolean,
): readonly Layer[] | undefined {
  const between = new Set<Layer>();
  const open = [value];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (sources.has(at)) continue;
    const maker = makerOf(network, at);
    if (!maker || !allowed(maker)) return undefined;
    if (between.has(maker)) continue;
    between.add(maker);
    open.push(...maker.inputs);
  }
  return [...between];
}
