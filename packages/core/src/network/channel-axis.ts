import type { Layer, LayerKind } from '../layers/layer.js';
import { type Network, readersOf } from './network.js';

/** Layers that keep the order of axes. */
const THROUGH: readonly LayerKind[] = [
  'rectifier',
  'activation',
  'add-constant',
  'scale',
  'pad',
  'identity',
  'dropout',
];

/** Layers whose input has its channels at axis 1. */
const CHANNELS_FIRST: readonly LayerKind[] = [
  'convolution',
  'transposed-convolution',
  'max-pool',
  'average-pool',
  'local-response-normalisation',
  'batch-normalisation',
];

/** Sizes that the channels of an image have. */
const OF_IMAGES = [1, 3, 4];

/** Follows a value to the first layer that knows of channels. `axes` says which axis of the input each axis of the value is. */
function follow(network: Network, value: string, axes: readonly number[]): number | undefined {
  for (const layer of readersOf(network, value)) {
    const found = seenBy(network, layer, axes);
    if (found !== undefined) return found;
  }
  return undefined;
}

function seenBy(network: Network, layer: Layer, axes: readonly number[]): number | undefined {
  if (CHANNELS_FIRST.includes(layer.kind)) return axes[1];
  if (layer.kind === 'dense') return axes.at(-1);
  if (layer.kind === 'transpose')
    return follow(
      network,
      layer.output,
      layer.attributes.permutation.map((axis) => axes[axis]!),
    );
  return THROUGH.includes(layer.kind) ? follow(network, layer.output, axes) : undefined;
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
