import { layerKinds } from './kinds/layer-kinds.js';
import { linearKinds } from './kinds/linear/linear-kinds.js';
import type { LinearDefinition } from './kinds/linear/linear-definition.js';
import type { Layer, LayerKind, LinearLayer } from './layer.js';
import type { LayerDefinition, LayerGroup } from './layer-definition.js';

/** The record of a layer's kind. Its functions take that layer, and its attributes. */
export function definitionOf({ kind }: Layer): LayerDefinition<Layer['attributes']> {
  return layerKinds[kind] as unknown as LayerDefinition<Layer['attributes']>;
}

/** The record of a linear layer's kind. */
export function linearDefinitionOf({
  kind,
}: LinearLayer): LinearDefinition<LinearLayer['attributes']> {
  return linearKinds[kind] as unknown as LinearDefinition<LinearLayer['attributes']>;
}

/** What composites ask of a layer to choose its rule. */
export function groupOf(layer: Layer): LayerGroup {
  const { group } = definitionOf(layer);
  return typeof group === 'function' ? group(layer.attributes) : group;
}

/** The kind as people read it: an activation goes by its function. */
export function kindOf(layer: Layer): string {
  return definitionOf(layer).title?.(layer.attributes) ?? layer.kind;
}

/** Whether parameters of a kind may hold infinities. */
export const takesInfinity = (kind: LayerKind): boolean =>
  (layerKinds[kind] as { readonly takesInfinity?: true }).takesInfinity === true;
