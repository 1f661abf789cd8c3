import { tensor, type Network, type Shape, type Tensor } from '@patternlens/core';
import {
  createNetwork,
  type Layer,
  type LayerAttributes,
  type LayerKind,
} from '@patternlens/core/network';
import { valueChannels } from '@patternlens/core/network';
import { receptiveField } from '@patternlens/core/neurons';
import { layerOf } from '../testing/layer-of.js';
import { forward } from '../testing/forward.js';
import { random } from '../testing/random.js';

const N = { batch: 1 };
const { uniform } = random(8);
const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
/** Positive, so that nothing cancels. */
const positive = (shape: readonly number[]): Tensor =>
  tensor(
    Float64Array.from({ length: product(shape) }, () => 0.5 + uniform()),
    shape,
  );

const at = (from: readonly number[], size: number): number[] => from.map(() => size);

function conv(
  name: string,
  from: string,
  weights: readonly number[],
  changes: Partial<LayerAttributes['convolution']> = {},
): Layer {
  const kernel = weights.slice(2);
  const attributes = {
    strides: at(kernel, 1),
    dilations: at(kernel, 1),
    padsBegin: at(kernel, 0),
    padsEnd: at(kernel, 0),
    groups: 1,
    ...changes,
  };
  return layerOf('convolution', name, from, attributes, { weights: positive(weights) });
}

const pool = (name: string, from: string, kernel: number[], strides: number[], pads: number[]) =>
  layerOf('max-pool', name, from, {
    kernel,
    strides,
    dilations: at(kernel, 1),
    padsBegin: pads,
    padsEnd: at(kernel, 1),
  });

const layer = <K extends LayerKind>(
  kind: K,
  name: string,
  from: string | readonly string[],
  attributes: LayerAttributes[K],
  parameters: Readonly<Record<string, Tensor>> = {},
): Layer => layerOf(kind, name, from, attributes, parameters);

interface Case {
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly layers: readonly Layer[];
}

const shape = (...sizes: number[]): Shape => [N, ...sizes];
const image = { x: [2, 7, 6] };
const average = {
  kernel: [3, 2],
  strides: [2, 1],
  dilations: [1, 2],
  padsBegin: [1, 0],
  padsEnd: [1, 1],
  countedBegin: [0, 0],
  countedEnd: [0, 0],
};

/** The last layer's neurons are looked at. */
const cases: Readonly<Record<string, Case>> = {
  'a convolution with padding, stride and dilation': {
    inputs: image,
    layers: [
      conv('a', 'x', [3, 2, 3, 2], {
        strides: [2, 1],
        dilations: [1, 3],
        padsBegin: [1, 2],
        padsEnd: [0, 2],
      }),
    ],
  },
  'dilation at the border, where the first offsets are padding': {
    inputs: { x: [1, 9] },
    layers: [conv('a', 'x', [1, 1, 3], { dilations: [3], padsBegin: [4], padsEnd: [4] })],
  },
  'groups and depthwise convolutions': {
    inputs: { x: [4, 5, 5] },
    layers: [
      conv('a', 'x', [4, 2, 3, 3], { groups: 2, padsBegin: [1, 1], padsEnd: [1, 1] }),
      conv('b', 'a', [8, 1, 2, 2], { groups: 4 }),
    ],
  },
  'convolutions, a rectifier and overlapping pools': {
    inputs: image,
    layers: [
      conv('a', 'x', [3, 2, 3, 3], { padsBegin: [1, 1], padsEnd: [1, 1] }),
      layer('rectifier', 'r', 'a', {}),
      pool('p', 'r', [3, 2], [2, 2], [0, 1]),
      conv('b', 'p', [2, 3, 2, 2]),
    ],
  },
  'an average pool': { inputs: image, layers: [layer('average-pool', 'a', 'x', average)] },
  'a transposed convolution with stride and gaps': {
    inputs: { x: [4, 3, 4] },
    layers: [
      layer(
        'transposed-convolution',
        'a',
        'x',
        {
          strides: [2, 3],
          dilations: [1, 2],
          padsBegin: [1, 0],
          padsEnd: [0, 1],
          groups: 2,
          outputSpatial: [6, 11],
        },
        { weights: positive([4, 1, 3, 2]) },
      ),
      conv('b', 'a', [1, 2, 1, 1]),
    ],
  },
  'a residual block beside a longer way': {
    inputs: image,
    layers: [
      conv('a', 'x', [2, 2, 3, 1], { padsBegin: [1, 0], padsEnd: [1, 0] }),
      conv('b', 'a', [2, 2, 1, 3], { padsBegin: [0, 1], padsEnd: [0, 1] }),
      layer('add', 's', ['b', 'x'], { signs: [1, 1] }),
    ],
  },
  'a concatenation of branches': {
    inputs: image,
    layers: [
      conv('a', 'x', [2, 2, 1, 1]),
      conv('b', 'x', [2, 2, 3, 3], { padsBegin: [1, 1], padsEnd: [1, 1] }),
      layer('concat', 'c', ['a', 'b'], { axis: 1 }),
      conv('d', 'c', [4, 2, 1, 1], { groups: 2 }),
    ],
  },
  'a flattened map and a dense layer': {
    inputs: { x: [2, 3, 3] },
    layers: [
      conv('a', 'x', [2, 2, 2, 2]),
      layer('reshape', 'f', 'a', { shape: shape(8) }),
      layer('dense', 'd', 'f', {}, { weights: positive([3, 8]) }),
    ],
  },
  'a flattened map alone': {
    inputs: { x: [2, 3, 3] },
    layers: [
      conv('a', 'x', [2, 2, 2, 2], { groups: 1 }),
      layer('reshape', 'f', 'a', { shape: shape(8) }),
    ],
  },
  'layout: transposed, sliced with steps, padded, gathered, reshaped': {
    inputs: { x: [2, 6, 5] },
    layers: [
      layer('transpose', 't', 'x', { permutation: [0, 2, 3, 1] }),
      layer('slice', 's', 't', {
        starts: [0, 1, 0, 0],
        sizes: shape(3, 3, 2),
        steps: [1, 2, 1, 1],
      }),
      layer('pad', 'p', 's', { begin: [0, 1, 0, 0], end: [0, 0, 0, 1], value: 0 }),
      layer('gather', 'g', 'p', { axis: 2, indices: [2, 0, 2, 1] }),
      layer('reshape', 'h', 'g', { shape: shape(8, 6) }),
      layer('dense', 'd', 'h', {}, { weights: positive([2, 6]) }),
    ],
  },
  'normalisation across channels': {
    inputs: { x: [6, 2, 2] },
    layers: [
      layer('local-response-normalisation', 'n', 'x', { size: 4, alpha: 1, beta: 0.5, bias: 1 }),
    ],
  },
  'reductions over axes, broadcast back': {
    inputs: { x: [2, 3, 4] },
    layers: [
      layer('mean', 'm', 'x', { axes: [3] }),
      layer('expand', 'e', 'm', { shape: shape(2, 3, 4) }),
      layer('add', 's', ['x', 'e'], { signs: [1, 1] }),
      layer('maximum-over-axes', 'o', 's', { axes: [2] }),
    ],
  },
  'a softmax over channels': {
    inputs: { x: [3, 4] },
    layers: [layer('softmax', 's', 'x', { axis: 1 })],
  },
  resizing: {
    inputs: { x: [1, 4] },
    layers: [
      layer('resize', 'r', 'x', {
        axes: [{ axis: 2, matrix: tensor([1, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0.3, 0.7], [3, 4]) }],
      }),
    ],
  },
  'products of two inputs': {
    inputs: { x: [3, 4], y: [4, 2], z: [3, 1] },
    layers: [layer('matrix-product', 'm', ['x', 'y'], {}), layer('product', 'p', ['m', 'z'], {})],
  },
};

/** By input: the least box of the indices that change a neuron's value when they are raised. */
function byTrial(network: Network, sizes: readonly number[]) {
  const base = Object.fromEntries(
    network.inputs.map(({ name, shape: inputShape }) => [
      name,
      positive([1, ...(inputShape.slice(1) as number[])]),
    ]),
  );
  const [before] = forward(network, base);
  const found = Array.from(
    { length: product(sizes) },
    () => new Map<string, { from: number; to: number }[]>(),
  );
  for (const { name, shape: inputShape } of network.inputs) {
    const dims = inputShape.slice(1) as number[];
    for (let index = 0; index < product(dims); index++) {
      const data = Float64Array.from(base[name]!.data);
      data[index]! += 5;
      const [after] = forward(network, { ...base, [name]: { data, shape: [1, ...dims] } });
      let rest = product(dims);
      const point = dims.map((size) => Math.floor((index % rest) / (rest /= size)));
      after!.data.forEach((value, neuron) => {
        if (value === before!.data[neuron]) return;
        const box = found[neuron]!.get(name);
        found[neuron]!.set(
          name,
          point.map((p, axis) => ({
            from: Math.min(p, box?.[axis]!.from ?? p),
            to: Math.max(p + 1, box?.[axis]!.to ?? 0),
          })),
        );
      });
    }
  }
  return found;
}

test.each(Object.entries(cases))('of every neuron behind %s', (_name, { inputs, layers }) => {
  const last = layers.at(-1)!;
  const network = createNetwork({
    inputs: Object.entries(inputs).map(([name, sizes]) => ({ name, shape: shape(...sizes) })),
    outputs: [last.output],
    layers,
  });
  const sizes = network.shapes.get(last.output)!.slice(1) as number[];
  const channels = valueChannels(network, last.output) - 1;
  const found = byTrial(network, sizes);
  found.forEach((want, neuron) => {
    let rest = product(sizes);
    const index = sizes.map((size) => Math.floor((neuron % rest) / (rest /= size)));
    const channel = index[channels]!;
    const position = index.filter((_, axis) => axis !== channels);
    const got = receptiveField(network, { layer: last.name, channel, position });
    expect(Object.fromEntries(got)).toEqual(Object.fromEntries(want));
  });
  expect(found.some((want) => want.size > 0)).toBe(true);
});

test('a neuron that is not there is refused with what is there', () => {
  const network = createNetwork({
    inputs: [{ name: 'x', shape: shape(1, 4) }],
    outputs: ['a'],
    layers: [conv('a', 'x', [2, 1, 3])],
  });
  const field = (channel: number, position: number[]) => () =>
    receptiveField(network, { layer: 'a', channel, position });
  expect(field(1, [1])).not.toThrow();
  for (const wrong of [field(2, [0]), field(0, [2]), field(0, []), field(0, [0.5])])
    expect(wrong).toThrow('its value is 2 x 2');
});
