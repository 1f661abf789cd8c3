import { kindOf } from '../layers/definition-of.js';
import type { Layer, LayerKind } from '../layers/layer.js';
import { changeNetwork, type Network } from '../network/network.js';
import type { Canonizer } from './canonizer.js';
import { type ElementwisePart, graphOf, partsEndingIn } from './elementwise-part.js';
import { type KnownActivation, knownActivation } from './known-activation.js';

/** What bends: a part without any of these is no activation. */
const BENT: readonly LayerKind[] = ['activation', 'rectifier', 'pointwise', 'maximum', 'minimum'];

interface Recognised {
  readonly part: ElementwisePart;
  readonly layer: Layer;
}

function asLayer({ input, layers }: ElementwisePart, known: KnownActivation): Layer {
  const { name, output } = layers.at(-1)!;
  const common = { name, output, inputs: [input], parameters: {} };
  if (known.kind === 'rectifier') return { ...common, kind: 'rectifier', attributes: {} };
  const { attributes, slope } = known;
  const parameters = slope ? { slope: { tensor: slope } } : {};
  return { ...common, kind: 'activation', attributes, parameters };
}

const isSame = (a: Layer, b: Layer): boolean =>
  a.kind === b.kind && JSON.stringify(a.attributes) === JSON.stringify(b.attributes);

/** The largest part that ends in a layer and is an activation; not one that holds it already, between factors that cancel. */
function recognise(parts: readonly ElementwisePart[]): Recognised | undefined {
  for (const part of parts.toReversed()) {
    if (!part.layers.some(({ kind }) => BENT.includes(kind))) continue;
    const known = knownActivation(part);
    if (!known) continue;
    const layer = asLayer(part, known);
    if (!part.layers.some((inner) => isSame(inner, layer))) return { part, layer };
  }
  return undefined;
}

function changeOf({ part, layer }: Recognised): string {
  const names = part.layers.map(({ name }) => `"${name}"`).join(', ');
  return `${names} read as one activation: ${kindOf(layer)}`;
}

function apply(network: Network): Network {
  const graph = graphOf(network);
  const taken = new Set<Layer>();
  const found: Recognised[] = [];
  for (const last of network.layers.toReversed()) {
    if (taken.has(last)) continue;
    const recognised = recognise(partsEndingIn(last, network, graph));
    if (!recognised) continue;
    for (const layer of recognised.part.layers) taken.add(layer);
    found.unshift(recognised);
  }
  const instead = new Map(found.map(({ part, layer }) => [part.layers.at(-1)!, layer]));
  const layers = network.layers.flatMap((layer) => {
    const replaced = instead.get(layer);
    if (replaced) return [replaced];
    return taken.has(layer) ? [] : [layer];
  });
  return found.length === 0
    ? network
    : changeNetwork(network, { layers, changes: found.map(changeOf) });
}

/** Activations that the file spells out in single steps (`x * sigmoid(x)`, `min(relu(x), 6)`, ...) become one layer, which rules know. */
export const recogniseActivations: Canonizer = { name: 'recognise-activations', apply };
