import { tensor, type Network, type Tensor } from '@patternlens/core';
import {
  createNetwork,
  type Layer,
  type LayerAttributes,
  type LayerKind,
} from '@patternlens/core/network';
import { normals } from '@patternlens/core/tensor';

const N = { batch: 1 };

export interface SmallNetwork {
  readonly name: string;
  readonly network: Network;
}

function layerOf<K extends LayerKind>(
  kind: K,
  name: string,
  inputs: readonly string[],
  attributes: LayerAttributes[K],
  parameters: Readonly<Record<string, Tensor>> = {},
): Layer {
  return {
    kind,
    name,
    inputs,
    output: name,
    attributes,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, { tensor: value }]),
    ),
  } as unknown as Layer;
}

const sized = (shape: readonly number[], draw: () => number): Tensor =>
  tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw), shape);

/** Weights `[outputs, inputs, ...kernel]` that keep the size of what passes, and a bias. */
function parametersOf(draw: () => number, shape: readonly number[]): Record<string, Tensor> {
  const [outputs, ...rest] = shape as [number, ...number[]];
  const scale = Math.sqrt(2 / rest.reduce((a, b) => a * b, 1));
  return {
    weights: sized(shape, () => draw() * scale),
    bias: sized([outputs, ...rest.slice(1).map(() => 1)], () => draw() / 4),
  };
}

const window = { strides: [1, 1], dilations: [1, 1], padsBegin: [0, 0], padsEnd: [0, 0] };

const convolution = (
  draw: () => number,
  name: string,
  input: string,
  shape: readonly number[],
  attributes: Partial<LayerAttributes['convolution']> = {},
): Layer =>
  layerOf(
    'convolution',
    name,
    [input],
    { ...window, groups: 1, ...attributes },
    parametersOf(draw, shape),
  );

const rectifier = (name: string, input: string): Layer => layerOf('rectifier', name, [input], {});

const dense = (draw: () => number, name: string, input: string, shape: readonly number[]): Layer =>
  layerOf('dense', name, [input], {}, parametersOf(draw, shape));

const flat = (name: string, input: string, size: number): Layer =>
  layerOf('reshape', name, [input], { shape: [N, size] });

/** Convolutions with padding and stride, an overlapping pool, two branches, dense layers. */
function plain(): Network {
  const draw = normals(11);
  const padded = { padsBegin: [1, 1], padsEnd: [1, 1] };
  return createNetwork({
    inputs: [{ name: 'image', shape: [N, 3, 11, 11] }],
    outputs: ['classes'],
    layers: [
      convolution(draw, 'first', 'image', [6, 3, 3, 3], padded),
      rectifier('first/relu', 'first'),
      layerOf('max-pool', 'pool', ['first/relu'], { ...window, kernel: [3, 3], strides: [2, 2] }),
      convolution(draw, 'one', 'pool', [4, 6, 1, 1]),
      rectifier('one/relu', 'one'),
      convolution(draw, 'three', 'pool', [5, 6, 3, 3], padded),
      rectifier('three/relu', 'three'),
      layerOf('concat', 'joined', ['one/relu', 'three/relu'], { axis: 1 }),
      convolution(draw, 'strided', 'joined', [8, 9, 3, 3], { ...padded, strides: [2, 2] }),
      rectifier('strided/relu', 'strided'),
      flat('flat', 'strided/relu', 72),
      dense(draw, 'hidden', 'flat', [10, 72]),
      rectifier('hidden/relu', 'hidden'),
      dense(draw, 'classes', 'hidden/relu', [4, 10]),
    ],
  });
}

/** A residual block, convolutions in groups and with dilation, means over positions. */
function residual(): Network {
  const draw = normals(12);
  const padded = { padsBegin: [1, 1], padsEnd: [1, 1] };
  return createNetwork({
    inputs: [{ name: 'image', shape: [N, 2, 8, 9] }],
    outputs: ['flat'],
    layers: [
      convolution(draw, 'first', 'image', [6, 2, 3, 3], padded),
      rectifier('first/relu', 'first'),
      convolution(draw, 'groups', 'first/relu', [6, 2, 3, 3], { ...padded, groups: 3 }),
      rectifier('groups/relu', 'groups'),
      convolution(draw, 'wide', 'groups/relu', [6, 6, 3, 3], {
        dilations: [2, 2],
        padsBegin: [2, 2],
        padsEnd: [2, 2],
      }),
      layerOf('add', 'sum', ['wide', 'first/relu'], { signs: [1, 1] }),
      rectifier('sum/relu', 'sum'),
      convolution(draw, 'maps', 'sum/relu', [5, 6, 1, 1]),
      rectifier('maps/relu', 'maps'),
      layerOf('mean', 'mean', ['maps/relu'], { axes: [2, 3] }),
      flat('flat', 'mean', 5),
    ],
  });
}

function layered(): Network {
  const draw = normals(13);
  return createNetwork({
    inputs: [{ name: 'image', shape: [N, 30] }],
    outputs: ['classes'],
    layers: [
      dense(draw, 'first', 'image', [17, 30]),
      rectifier('first/relu', 'first'),
      dense(draw, 'second', 'first/relu', [12, 17]),
      rectifier('second/relu', 'second'),
      dense(draw, 'classes', 'second/relu', [3, 12]),
    ],
  });
}

export const smallNetworks: readonly SmallNetwork[] = [
  { name: 'a convolutional network', network: plain() },
  { name: 'a residual network', network: residual() },
  { name: 'a dense network', network: layered() },
];

/** Normal numbers for a network of one input. */
export function samplesFor({ network }: SmallNetwork, count: number, seed: number): Tensor {
  const [, ...rest] = network.inputs[0]!.shape as [unknown, ...number[]];
  return sized([count, ...rest], normals(seed));
}

/** `|a - b| / |b|`; of vectors of zeros, `|a|`. */
export function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    difference += (a[at]! - b[at]!) ** 2;
    size += b[at]! ** 2;
  }
  return Math.sqrt(difference) / (size === 0 ? 1 : Math.sqrt(size));
}
