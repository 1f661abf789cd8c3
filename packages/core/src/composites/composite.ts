import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { groupOf, kindOf } from '../layers/definition-of.js';
import type { LayerGroup } from '../layers/layer-definition.js';
import type { Layer, LayerKind } from '../layers/layer.js';
import type { Rule } from '../rules/rule.js';

/** Whether an entry of a composite is about a layer of a network. */
export type Matcher = (layer: Layer, network: CanonicalNetwork) => boolean;

/** Which rule each layer takes: the first entry that matches. A layer that none matches is refused, never guessed. */
export type Composite = readonly (readonly [Matcher, Rule])[];

export const kinds =
  (...wanted: readonly LayerKind[]): Matcher =>
  (layer) =>
    wanted.includes(layer.kind);

/** Layers of some groups of kinds, which methods treat alike. */
export const groups =
  (...wanted: readonly LayerGroup[]): Matcher =>
  (layer) =>
    wanted.includes(groupOf(layer));

export const named =
  (...names: readonly string[]): Matcher =>
  (layer) =>
    names.includes(layer.name);

/** Layers that read an input of the network. */
export const readsInput: Matcher = (layer, network) =>
  layer.inputs.some((input) => network.inputs.some(({ name }) => name === input));

export const anyLayer: Matcher = () => true;

/** The rule for a layer, or why there is none. */
export function ruleFor(
  composite: Composite,
  layer: Layer,
  network: CanonicalNetwork,
): { rule: Rule } | { reason: string } {
  const entry = composite.find(([matches]) => matches(layer, network));
  if (!entry) return { reason: `the method has no rule for ${kindOf(layer).replaceAll('-', ' ')}` };
  const [, rule] = entry;
  const reason = rule.refuses?.(layer, network);
  return reason === undefined ? { rule } : { reason };
}
