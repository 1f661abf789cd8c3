import type { AttributesOf } from './layer-definition.js';
import type { layerKinds } from './kinds/layer-kinds.js';
import { linearKinds } from './kinds/linear/linear-kinds.js';
import type { LayerWith } from './layer-with.js';

type Kinds = typeof layerKinds;

/** A kind of layer by its name. Its record in `kinds/` defines it. */
export type LayerKind = keyof Kinds;

/** The attributes of every kind of layer, by its name. */
export type LayerAttributes = { readonly [K in LayerKind]: AttributesOf<Kinds[K]> };

/** One application of a layer in a network. It has one output; what has several is imported as several layers. */
export interface LayerOf<K extends LayerKind> extends LayerWith<LayerAttributes[K]> {
  readonly kind: K;
}

export type Layer = { [K in LayerKind]: LayerOf<K> }[LayerKind];

export type LinearKind = keyof typeof linearKinds;
export type LinearLayer = { [K in LinearKind]: LayerOf<K> }[LinearKind];

export const isLinearKind = (kind: string): kind is LinearKind => Object.hasOwn(linearKinds, kind);

/** Linear layers have weights, a rule for every method, and all but `scale` have patterns of their own. */
export function isLinear(layer: Layer): layer is LinearLayer {
  return isLinearKind(layer.kind);
}

/** The layers that patterns are fitted for. */
export type FittedLayer = Exclude<LinearLayer, LayerOf<'scale'>>;

export function isFitted(layer: Layer): layer is FittedLayer {
  return isLinear(layer) && layer.kind !== 'scale';
}
