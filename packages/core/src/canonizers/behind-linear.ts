import { isLinear, type Layer, type LayerOf } from '../layers/layer.js';
import { inversePermutation } from '../tensor/permute-tensor.js';
import { makerOf, readersOf, type Network } from '../network/network.js';
import { sameShape, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** Layout between a linear layer and what is folded into it, with the shape of the value that it lays out anew. */
interface Moved {
  readonly layer: LayerOf<'transpose'> | LayerOf<'reshape'>;
  readonly from: Shape;
}

export interface LinearBefore {
  readonly linear: Layer;
  readonly moved: readonly Moved[];
}

const isOne = (dim: Shape[number] | undefined): boolean => dim === 1;

/** The sizes other than 1: what a reshape that only drops or adds axes of size 1 keeps. */
const sizes = (shape: Shape): string => JSON.stringify(shape.filter((dim) => !isOne(dim)));

function keepsAxes(network: Network, layer: Layer): layer is Moved['layer'] {
  if (layer.kind === 'transpose') return layer.attributes.permutation[0] === 0;
  if (layer.kind !== 'reshape') return false;
  return sizes(network.shapes.get(layer.inputs[0]!)!) === sizes(layer.attributes.shape);
}

/** The linear layer that a layer's input comes from, through transposes and dropped or added axes of size 1 that nothing else reads; undefined
 * also where the layer repeats its input, which no bias does. */
export function linearBefore(network: Network, behind: Layer): LinearBefore | undefined {
  const [value] = behind.inputs;
  if (!sameShape(network.shapes.get(value!)!, network.shapes.get(behind.output)!)) return undefined;
  const moved: Moved[] = [];
  for (let at = value!; ;) {
    const layer = makerOf(network, at);
    const isSoleReader = readersOf(network, at).length === 1 && !network.outputs.includes(at);
    if (layer === undefined || !isSoleReader) return undefined;
    if (isLinear(layer)) return { linear: layer, moved };
    if (!keepsAxes(network, layer)) return undefined;
    at = layer.inputs[0]!;
    moved.unshift({ layer, from: network.shapes.get(at)! });
  }
}

/** The sizes of a tensor that broadcasts against a reshaped value, as it broadcasts against the value before. */
function unshaped(sizes: readonly number[], from: Shape, to: Shape): number[] {
  const kept = sizes.filter((_, axis) => !isOne(to[axis]));
  let next = 0;
  return from.map((dim) => (isOne(dim) ? 1 : kept[next++]!));
}

/** A tensor without batch axis, which broadcasts against a value of the given rank, as it stands behind the linear layer itself. */
export function asBefore(value: Tensor, rank: number, { moved }: LinearBefore): Tensor {
  const full = [...new Array<number>(rank - value.shape.length).fill(1), ...value.shape];
  const shape = moved.reduceRight<number[]>((sizes, { layer, from }) => {
    if (layer.kind === 'reshape') return unshaped(sizes, from, layer.attributes.shape);
    return inversePermutation(layer.attributes.permutation).map((axis) => sizes[axis]!);
  }, full);
  // Apart from one axis, only axes of size 1 are moved, so the data keep their order.
  return { data: value.data, shape: shape.slice(1) };
}
