import type { Tensor } from '@patternlens/core';
import type { Layer, LayerAttributes, LayerKind } from '@patternlens/core/network';

/** A layer that makes a value of its own name. */
export function layerOf<K extends LayerKind>(
  kind: K,
  name: string,
  inputs: string | readonly string[],
  attributes: LayerAttributes[K],
  parameters: Readonly<Record<string, Tensor>> = {},
): Layer {
  return {
    kind,
    name,
    inputs: typeof inputs === 'string' ? [inputs] : inputs,
    output: name,
    attributes,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, { tensor: value }]),
    ),
  } as unknown as Layer;
}
