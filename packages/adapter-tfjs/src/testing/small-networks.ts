import { tensor, type Network, type Tensor } from '@patternlens/core';
import {
  createNetwork,
  type Layer,
  type LayerAttributes,
  type LayerKind,
} from '@patternlens/core/network';
import { normals } from '@patternlens/core/tensor';

const N = { batch: 1 };

/** Normal numbers by seed. */
export function drawn(seed: number, shape: readonly number[], size = 1): Tensor {
  const draw = normals(seed);
  const count = shape.reduce((total, dim) => total * dim, 1);
  return tensor(
    Float32Array.from({ length: count }, () => draw() * size),
    shape,
  );
}

/** A layer that reads the given values; its output has its name. */
function layer<K extends LayerKind>(
  kind: K,
  name: string,
  inputs: readonly string[],
  attributes: LayerAttributes[K],
  parameters: Readonly<Record<string, Tensor>> = {},
): Layer {
  const named = Object.entries(parameters).map(([key, value]) => [key, { tensor: value }] as const);
  return {
    kind,
    name,
    inputs,
    output: name,
    attributes,
    parameters: Object.fromEntries(named),
  } as unknown as Layer;
}

interface Window {
  readonly kernel: number;
  readonly stride?: number;
  readonly begin?: number;
  readonly end?: number;
}

const square = ({ kernel, stride = 1, begin = 0, end = begin }: Window) => ({
  kernel: [kernel, kernel],
  strides: [stride, stride],
  dilations: [1, 1],
  padsBegin: [begin, begin],
  padsEnd: [end, end],
});

function convolution(
  name: string,
  input: string,
  [outputs, inputs]: readonly [number, number],
  window: Window,
  groups = 1,
): Layer {
  const { kernel, ...attributes } = square(window);
  const seed = name.length + outputs * 7 + window.kernel;
  const each = (inputs / groups) * window.kernel ** 2;
  return layer(
    'convolution',
    name,
    [input],
    { ...attributes, groups },
    {
      weights: drawn(seed, [outputs, inputs / groups, ...kernel], Math.sqrt(2 / each)),
      bias: drawn(seed + 1, [outputs, 1, 1], 0.25),
    },
  );
}

const relu = (name: string, input: string): Layer => layer('rectifier', name, [input], {});

const dense = (name: string, input: string, inputs: number, outputs: number): Layer =>
  layer(
    'dense',
    name,
    [input],
    {},
    {
      weights: drawn(outputs, [outputs, inputs], Math.sqrt(2 / inputs)),
      bias: drawn(outputs + 1, [outputs], 0.25),
    },
  );

/** One convolution, its pool and a dense layer. */
export const tiny: Network = createNetwork({
  inputs: [{ name: 'image', shape: [N, 1, 5, 5] }],
  outputs: ['scores'],
  layers: [
    convolution('first', 'image', [2, 1], { kernel: 2 }),
    relu('first/relu', 'first'),
    layer('max-pool', 'pool', ['first/relu'], square({ kernel: 2, stride: 2 })),
    layer('reshape', 'flat', ['pool'], { shape: [N, 8] }),
    dense('scores', 'flat', 8, 3),
  ],
});
