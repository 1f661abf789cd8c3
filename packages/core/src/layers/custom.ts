import type { LayerDefinition } from './layer-definition.js';

/** A kind of layer that its own definition comes with: the layer holds it among its attributes. */
export const custom: LayerDefinition<'custom'> = {
  forward: ({ attributes }, scope) => attributes.forward(scope, attributes.options ?? {}),
  gradient: ({ attributes }, scope, output, r) =>
    attributes.gradient(scope, output, r, attributes.options ?? {}),
};
