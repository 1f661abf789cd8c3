import { tensor, type Shape } from '@patternlens/core';
import { type LayerAttributes, type LayerKind } from '@patternlens/core/network';
import { drawer, positive, type Draw, type Drawer } from './draw.js';
import { layerOf } from './layer-of.js';
import type { LayerSample } from './layer-sample.js';

const N = { batch: 1 };
const plane: Shape = [N, 3, 4, 5];
const window = { strides: [2, 1], dilations: [1, 1], padsBegin: [1, 0], padsEnd: [0, 1] };
const uncounted = { countedBegin: [0, 0], countedEnd: [0, 0] };
const counted = { countedBegin: [1, 0], countedEnd: [0, 1] };

/** What differs from layer to layer; the rest has a default. */
interface Given {
  readonly name?: string;
  readonly subject?: string;
  readonly inputs?: readonly Shape[];
  readonly draw?: Draw;
  readonly positive?: boolean;
  readonly parameters?: (make: Drawer) => Parameters<typeof layerOf>[4];
}

function sample<K extends LayerKind>(
  kind: K,
  attributes: LayerAttributes[K],
  given: Given = {},
): LayerSample {
  const { name = kind, subject = kind, inputs = [plane], draw = 'normal', parameters } = given;
  const names = inputs.map((_, at) => (at === 0 ? 'x' : `x${at}`));
  const layer = layerOf(kind, 'layer', names, attributes, parameters?.(drawer(draw, 60)) ?? {});
  return { name, subject, layer, inputs, draw, positive: given.positive };
}

const activations: readonly LayerAttributes['activation'][] = [
  { function: 'leaky-rectifier', slope: 0.1 },
  { function: 'parametric-rectifier' },
  { function: 'elu', alpha: 1.5 },
  { function: 'selu', alpha: 1.6732632, gamma: 1.050701 },
  { function: 'celu', alpha: 0.7 },
  { function: 'sigmoid' },
  { function: 'tanh' },
  { function: 'softplus' },
  { function: 'softsign' },
  { function: 'hard-swish' },
  { function: 'silu' },
  { function: 'mish' },
  { function: 'clip', low: 0, high: 1 },
  { function: 'hard-sigmoid', alpha: 0.2, beta: 0.5 },
  { function: 'gelu', approximation: 'none' },
  { function: 'gelu', approximation: 'tanh' },
];

/** Functions that are drawn positive arguments only. */
const positives = ['log', 'sqrt', 'erf', 'reciprocal'] as const;
const others = ['abs', 'exp', 'sin', 'cos', 'tan', 'atan', 'sinh', 'cosh', 'asinh'] as const;
const steps = ['floor', 'ceil', 'round', 'truncate', 'sign'] as const;

const pointwise = (
  names: readonly LayerAttributes['pointwise']['function'][],
  isPositive: boolean,
): LayerSample[] =>
  names.map((name) => sample('pointwise', { function: name }, { name, positive: isPositive }));

function activation(attributes: LayerAttributes['activation']): LayerSample {
  const name =
    attributes.function === 'gelu' ? `gelu ${attributes.approximation}` : attributes.function;
  return sample('activation', attributes, {
    name,
    ...(attributes.function === 'parametric-rectifier'
      ? { parameters: (make) => ({ slope: make([3, 1, 1]) }) }
      : {}),
  });
}

const two = { inputs: [plane, plane] };
const twoPositive = { ...two, positive: true };

/** Samples of every kind of layer that is not linear; a new kind without samples does not compile. What a `custom` layer computes is up to its plug-in. */
const samples: Readonly<
  Record<
    Exclude<LayerKind, 'dense' | 'convolution' | 'transposed-convolution' | 'scale' | 'custom'>,
    readonly LayerSample[]
  >
> = {
  'batch-normalisation': [
    sample(
      'batch-normalisation',
      { epsilon: 1e-3 },
      {
        parameters: (make) => ({
          scale: make([3]),
          shift: make([3]),
          mean: make([3]),
          variance: positive(make([3])),
        }),
      },
    ),
  ],
  'local-response-normalisation': [
    sample('local-response-normalisation', { size: 3, alpha: 0.5, beta: 0.75, bias: 1 }),
  ],
  'add-constant': [
    sample('add-constant', {}, { parameters: (make) => ({ value: make([3, 1, 5]) }) }),
  ],
  'mask-constant': [
    sample(
      'mask-constant',
      {},
      {
        draw: 'whole',
        parameters: (make) => ({ mask: make([4, 5]), value: make([3, 1, 1]) }),
      },
    ),
  ],
  rectifier: [
    sample('rectifier', {}),
    sample('rectifier', {}, { name: 'rectifier at whole numbers', draw: 'whole' }),
  ],
  activation: activations.map(activation),
  softmax: [
    sample('softmax', { axis: 1 }),
    sample('softmax', { axis: 1 }, { name: 'softmax of two axes', inputs: [[N, 6]] }),
  ],
  'log-softmax': [sample('log-softmax', { axis: 3 })],
  'max-pool': [
    sample('max-pool', { kernel: [2, 3], ...window }),
    sample('max-pool', { kernel: [2, 3], ...window }, { name: 'max-pool of ties', draw: 'whole' }),
  ],
  'average-pool': [
    sample('average-pool', { kernel: [2, 3], ...window, ...uncounted }),
    sample(
      'average-pool',
      { kernel: [2, 3], ...window, ...counted },
      {
        name: 'average-pool that counts its padding',
      },
    ),
  ],
  mean: [
    sample('mean', { axes: [2, 3] }),
    sample('mean', { axes: [1] }, { name: 'mean over channels' }),
  ],
  sum: [sample('sum', { axes: [1, 3] })],
  'maximum-over-axes': [
    sample('maximum-over-axes', { axes: [2, 3] }),
    sample(
      'maximum-over-axes',
      { axes: [1] },
      {
        name: 'maximum-over-axes of ties',
        draw: 'whole',
      },
    ),
  ],
  'minimum-over-axes': [
    sample('minimum-over-axes', { axes: [1, 3] }),
    sample(
      'minimum-over-axes',
      { axes: [2] },
      { name: 'minimum-over-axes of ties', draw: 'whole' },
    ),
  ],
  'product-over-axes': [
    sample('product-over-axes', { axes: [2, 3] }, { draw: 'whole' }),
    sample('product-over-axes', { axes: [1] }, { name: 'product-over-axes over channels' }),
  ],
  add: [
    sample('add', { signs: [1, 1] }, two),
    sample(
      'add',
      { signs: [1, -1, 1] },
      {
        name: 'add of three with signs',
        inputs: [plane, plane, plane],
      },
    ),
  ],
  concat: [
    sample('concat', { axis: 1 }, { inputs: [plane, [N, 2, 4, 5], [N, 1, 4, 5]] }),
    sample('concat', { axis: 2 }, { name: 'concat at axis 2', inputs: [plane, [N, 3, 1, 5]] }),
  ],
  product: [sample('product', {}, two)],
  quotient: [
    sample('quotient', {}, twoPositive),
    sample(
      'quotient',
      {},
      {
        name: 'quotient by a constant',
        parameters: () => ({ divisor: tensor([3, -0.5, 7], [3, 1, 1]) }),
      },
    ),
  ],
  'matrix-product': [
    sample(
      'matrix-product',
      {},
      {
        inputs: [
          [N, 2, 3, 4],
          [N, 2, 4, 2],
        ],
      },
    ),
  ],
  power: [
    sample(
      'power',
      {},
      {
        positive: true,
        parameters: () => ({ exponent: tensor([1.5], []) }),
      },
    ),
    sample('power', {}, { name: 'power of two values', ...twoPositive }),
  ],
  maximum: [
    sample('maximum', {}, two),
    sample(
      'maximum',
      {},
      {
        name: 'maximum of a constant',
        parameters: () => ({ value: tensor([0.5, -0.25, 0], [3, 1, 1]) }),
      },
    ),
  ],
  minimum: [sample('minimum', {}, two)],
  compare: [
    sample('compare', { relation: 'greater' }, { ...two, draw: 'whole' }),
    sample(
      'compare',
      { relation: 'notEqual' },
      {
        name: 'compare with a constant',
        draw: 'whole',
        parameters: () => ({ value: tensor([1, 0, -1], [3, 1, 1]) }),
      },
    ),
  ],
  choice: [
    sample('choice', {}, { inputs: [plane, [N, 3, 1, 5], plane], draw: 'whole' }),
    sample(
      'choice',
      {},
      {
        name: 'choice of a constant',
        inputs: [plane, plane],
        draw: 'whole',
        parameters: () => ({ other: tensor([2, 0.5, -1], [3, 1, 1]) }),
      },
    ),
  ],
  pointwise: [...pointwise(positives, true), ...pointwise([...others, ...steps], false)],
  'top-k': [
    sample('top-k', { axis: 2, count: 3, largest: true }, { draw: 'eighths' }),
    sample('top-k', { axis: 3, count: 2, largest: false }, { name: 'smallest two' }),
  ],
  reshape: [sample('reshape', { shape: [N, 12, 5] })],
  transpose: [sample('transpose', { permutation: [0, 2, 3, 1] })],
  slice: [sample('slice', { starts: [0, 1, 0, 1], sizes: [N, 2, 2, 2], steps: [1, 1, 2, 3] })],
  pad: [sample('pad', { begin: [0, 0, 1, 0], end: [0, 1, 0, 2], value: 0.5 })],
  gather: [
    sample('gather', { axis: 2, indices: [3, 0, 0, 2] }),
    sample(
      'gather',
      { axis: 1, indices: Array.from({ length: 300 }, (_, at) => (at * at + (at % 7)) % 290) },
      { name: 'gather of many entries', inputs: [[N, 290]] },
    ),
  ],
  expand: [sample('expand', { shape: [N, 3, 4, 5] }, { inputs: [[N, 3, 1, 5]] })],
  resize: [
    sample(
      'resize',
      {
        axes: [
          { axis: 2, matrix: tensor([1, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0.25, 0.75], [3, 4]) },
          { axis: 3, matrix: tensor([0.5, 0.5, 0, 0, 0, 0, 0, 1, 0, 0], [2, 5]) },
        ],
      },
      { positive: true },
    ),
  ],
  'along-axes': [
    sample('along-axes', {
      axes: [{ axis: 3, matrix: tensor([1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, -1, 0, 0], [3, 5]) }],
    }),
  ],
  dropout: [sample('dropout', {})],
  identity: [sample('identity', {})],
};

/** Every kind of layer that is not linear, with ties, padding and several inputs where it has them. */
export const layerSamples: readonly LayerSample[] = Object.values(samples).flat();
