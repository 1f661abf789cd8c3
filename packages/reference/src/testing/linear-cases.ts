import { windowOutput, type ConvAttributes, type LinearLayer, type Shape } from '@patternlens/core';
import { random } from './random.js';

/** A linear layer with random sizes and weights, and the shape of its input. */
export interface LinearCase {
  readonly name: string;
  readonly layer: LinearLayer;
  /** With the batch at axis 0. */
  readonly inputShape: Shape;
  readonly whole: boolean;
}

const N = { batch: 1 };

function convolution(seed: number, rank: number, whole: boolean): LinearCase {
  const r = random(seed);
  const groups = r.pick([1, 1, 2, 3]);
  const perGroup = r.whole(1, 2);
  const channels = groups * perGroup;
  const outputs = groups * r.whole(1, 2);
  const each = (make: () => number): number[] => Array.from({ length: rank }, make);
  const attributes: ConvAttributes = {
    groups,
    strides: each(() => r.whole(1, 3)),
    dilations: each(() => r.whole(1, 2)),
    padsBegin: each(() => r.whole(0, 2)),
    padsEnd: each(() => r.whole(0, 2)),
  };
  const kernel = each(() => r.whole(1, 3));
  const spatial = each(() => r.whole(5, 7));
  const draw = whole ? r.small : r.normal;
  const parameters = {
    weights: { tensor: draw([outputs, perGroup, ...kernel]) },
    ...(r.uniform() < 0.8 ? { bias: { tensor: draw([outputs, ...kernel.map(() => 1)]) } } : {}),
  };
  const layer: LinearLayer = {
    kind: 'convolution',
    name: 'layer',
    inputs: ['x'],
    output: 'y',
    attributes,
    parameters,
  };
  return {
    name: `convolution ${rank}-D, seed ${seed}`,
    layer,
    inputShape: [N, channels, ...spatial],
    whole,
  };
}

function transposed(seed: number, rank: number, whole: boolean): LinearCase {
  const like = convolution(seed, rank, whole);
  const { attributes, parameters } = like.layer as Extract<LinearLayer, { kind: 'convolution' }>;
  const r = random(seed + 77);
  const outputSpatial = like.inputShape.slice(2) as number[];
  const weights = parameters['weights']!;
  const [inputs, perGroup, ...kernel] = weights.tensor.shape as [number, number, ...number[]];
  const spatial = windowOutput(outputSpatial, { ...attributes, kernel });
  const bias = (whole ? r.small : r.normal)([perGroup * attributes.groups, ...kernel.map(() => 1)]);
  return {
    name: `transposed convolution ${rank}-D, seed ${seed}`,
    layer: {
      kind: 'transposed-convolution',
      name: 'layer',
      inputs: ['x'],
      output: 'y',
      attributes: { ...attributes, outputSpatial },
      parameters: { weights, bias: { tensor: bias } },
    },
    inputShape: [N, inputs, ...spatial],
    whole,
  };
}

function dense(seed: number, rows: readonly number[], whole: boolean): LinearCase {
  const r = random(seed);
  const inputs = r.whole(2, 6),
    outputs = r.whole(1, 5);
  const draw = whole ? r.small : r.normal;
  return {
    name: `dense over [N, ${[...rows, inputs].join(', ')}], seed ${seed}`,
    layer: {
      kind: 'dense',
      name: 'layer',
      inputs: ['x'],
      output: 'y',
      attributes: {},
      parameters: {
        weights: { tensor: draw([outputs, inputs]) },
        bias: { tensor: draw([outputs]) },
      },
    },
    inputShape: [N, ...rows, inputs],
    whole,
  };
}

function scale(seed: number, whole: boolean): LinearCase {
  const r = random(seed);
  const draw = whole ? r.small : r.normal;
  return {
    name: `scale, seed ${seed}`,
    layer: {
      kind: 'scale',
      name: 'layer',
      inputs: ['x'],
      output: 'y',
      attributes: {},
      parameters: { weights: { tensor: draw([4, 1, 1]) }, bias: { tensor: draw([4, 1, 1]) } },
    },
    inputShape: [N, 4, 3, 2],
    whole,
  };
}

/** Dense, convolutions and transposed convolutions of one to three spatial axes with stride, dilation, groups and uneven padding, and scale; each
 * with weights of any size and with small whole ones, whose sums are exactly zero now and then. */
export const linearCases: readonly LinearCase[] = [false, true].flatMap((whole) => [
  dense(1, [], whole),
  dense(2, [3], whole),
  dense(3, [2, 2], whole),
  scale(4, whole),
  ...[10, 11, 12, 13].map((seed) => convolution(seed, 1, whole)),
  ...[20, 21, 22, 23, 24, 25].map((seed) => convolution(seed, 2, whole)),
  ...[30, 31].map((seed) => convolution(seed, 3, whole)),
  ...[40, 41].map((seed) => transposed(seed, 1, whole)),
  ...[50, 51, 52, 53].map((seed) => transposed(seed, 2, whole)),
  transposed(60, 3, whole),
]);
