import { definitionOf } from '../layers/definition-of.js';
import type { Layer } from '../layers/layer.js';
import { type Network, readersOf } from './network.js';

/** Sizes that the channels of an image have. */
const OF_IMAGES = [1, 3, 4];

/** Follows a value to the first layer that knows of channels. `axes` says which axis of the input each axis of the value is. */
export function follow(
  network: Network,
  value: string,
  axes: readonly number[],
): number | undefined {
  for (const layer of readersOf(network, value)) {
    const found = seenBy(network, layer, axes);
    if (found !== undefined) return found;
  }
  return undefined;
}

function seenBy(network: Network, layer: Layer, axes: readonly number[]): number | undefined {
  const { axisOrder } = definitionOf(layer);
  if (typeof axisOrder === 'function') {
    const permuted = axisOrder(layer.attributes).map((axis) => axes[axis]!);
    return follow(network, layer.output, permuted);
  }
  switch (axisOrder) {
    case 'channels-at-1':
      return axes[1];
    case 'channels-last':
      return axes.at(-1);
    case 'kept':
      return follow(network, layer.output, axes);
    case 'unknown':
      return undefined;
  }
}

/** The axis of an input that holds its channels (or features): where the first layers that know of channels have it, else where an
 * image has it. Undefined for an input without one: `[N]`, `[N, height, width]`. */
export function channelAxis(network: Network, input: string): number | undefined {
  const { shape } = network.inputs.find(({ name }) => name === input)!;
  if (shape.length <= 2) return shape.length === 2 ? 1 : undefined;
  const found = follow(
    network,
    input,
    shape.map((_, axis) => axis),
  );
  if (found !== undefined && found > 0) return found;
  if (shape.length === 3) return undefined;
  const last = shape.length - 1;
  const isLast =
    !OF_IMAGES.includes(shape[1] as number) && OF_IMAGES.includes(shape[last] as number);
  return isLast ? last : 1;
}
