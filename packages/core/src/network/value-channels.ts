import { definitionOf } from '../layers/definition-of.js';
import type { Layer } from '../layers/layer.js';
import { type Dim, sameDim, type Shape, sizeOf } from '../tensor/shape.js';
import { channelAxis, follow } from './channel-axis.js';
import { makerOf, type Network } from './network.js';

/** For each axis of a value, the axis of the value asked about that it is; undefined where it is none of them. */
type Axes = readonly (number | undefined)[];

const isSame = (a: Dim, b: Dim): boolean => sameDim(a, b);

/** The axes of what a reshape reads: one that keeps its size, and all that stands behind it, stays one. */
function beforeReshape(input: Shape, output: Shape, axes: Axes): Axes {
  return input.map((size, axis) => {
    const behind = sizeOf(input.slice(axis + 1));
    const at = output.findIndex(
      (other, place) => isSame(other, size) && isSame(sizeOf(output.slice(place + 1)), behind),
    );
    return axes[at];
  });
}

/** What a layer says of its value's channels: their axis, or what the axes of its first input are. */
function before(network: Network, layer: Layer, axes: Axes): { found: number | undefined } | Axes {
  const { axisOrder } = definitionOf(layer);
  const input = network.shapes.get(layer.inputs[0]!)!;
  const output = network.shapes.get(layer.output)!;
  if (typeof axisOrder === 'function') {
    const permutation = axisOrder(layer.attributes);
    return input.map((_, axis) => axes[permutation.indexOf(axis)]);
  }
  if (axisOrder === 'channels-at-1') return { found: axes[1] };
  if (axisOrder === 'channels-last') return { found: axes.at(-1) };
  if (layer.kind === 'softmax' || layer.kind === 'log-softmax')
    return { found: axes[layer.attributes.axis] };
  if (layer.kind === 'reshape') return beforeReshape(input, output, axes);
  return input.length === output.length ? axes : { found: undefined };
}

/** What the layers that lead to a value say of its channels. */
function fromBefore(network: Network, value: string): number | undefined {
  let current = value;
  let axes: Axes = network.shapes.get(value)!.map((_, axis) => axis);
  for (let layer = makerOf(network, current); layer; layer = makerOf(network, current)) {
    const seen = before(network, layer, axes);
    if ('found' in seen) return seen.found;
    axes = seen;
    current = layer.inputs[0]!;
  }
  const channels = channelAxis(network, current);
  return channels === undefined ? undefined : axes[channels];
}

/** The axis of a value that holds its channels, features or classes: where the layers in front of it have them, else those behind it, else axis 1, or in a model of
 * TensorFlow.js the last. */
export function valueChannels(network: Network, value: string): number {
  const shape = network.shapes.get(value)!;
  if (shape.length <= 2) return 1;
  const axes = shape.map((_, axis) => axis);
  const found = fromBefore(network, value) ?? follow(network, value, axes);
  if (found !== undefined && found > 0) return found;
  return network.format.startsWith('tfjs') ? shape.length - 1 : 1;
}

/** The order of a value's axes in which its channels stand at axis 1, the others as they are. */
export const channelsAtOne = (rank: number, channels: number): number[] => [
  0,
  ...(rank < 2 ? [] : [channels]),
  ...Array.from({ length: rank }, (_, axis) => axis).filter(
    (axis) => axis > 0 && axis !== channels,
  ),
];

/** The shape of a value with its channels at axis 1; a value without further axes has one channel. */
export function channelsFirstShape(shape: Shape, channels: number): Shape {
  return shape.length < 2
    ? [...shape, 1]
    : channelsAtOne(shape.length, channels).map((axis) => shape[axis]!);
}
