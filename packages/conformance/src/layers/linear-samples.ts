import { type Tensor } from '@patternlens/core';
import { windowOutput, type ConvAttributes } from '@patternlens/core/backend';
import { type LayerAttributes } from '@patternlens/core/network';
import { drawer, type Draw } from './draw.js';
import { layerOf } from './layer-of.js';
import type { LayerSample } from './layer-sample.js';

const N = { batch: 1 };

interface Convolution {
  readonly name: string;
  readonly subject?: string;
  /** Channels and spatial sizes of the input of the convolution, or of the output of its transpose. */
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly attributes?: Partial<ConvAttributes>;
  readonly bias?: false;
}

const convolutions: readonly Convolution[] = [
  { name: 'convolution 1-D', x: [3, 8], w: [4, 3, 3], attributes: { padsBegin: [1] } },
  { name: 'convolution 1x1', x: [4, 3, 3], w: [3, 4, 1, 1] },
  {
    name: 'convolution 3x3 padded',
    x: [2, 5, 4],
    w: [3, 2, 3, 3],
    attributes: { padsBegin: [1, 1], padsEnd: [1, 1] },
  },
  {
    name: 'convolution 3x2 stride 2, dilated, uneven pads, without bias',
    x: [2, 7, 8],
    w: [3, 2, 3, 2],
    attributes: { strides: [2, 2], dilations: [1, 2], padsBegin: [2, 0], padsEnd: [0, 1] },
    bias: false,
  },
  {
    name: 'convolution 3-D',
    x: [2, 3, 4, 3],
    w: [2, 2, 2, 2, 2],
    attributes: { strides: [1, 2, 1] },
  },
  {
    name: 'grouped convolution',
    subject: 'convolution, grouped',
    x: [4, 4, 4],
    w: [6, 2, 3, 3],
    attributes: { groups: 2, padsBegin: [1, 1], padsEnd: [0, 1] },
  },
  {
    name: 'depthwise convolution',
    subject: 'convolution, depthwise',
    x: [4, 5, 5],
    w: [4, 1, 3, 3],
    attributes: { groups: 4, strides: [2, 1], padsBegin: [1, 1], padsEnd: [1, 1] },
  },
  {
    name: 'depthwise convolution with two outputs a channel',
    subject: 'convolution, depthwise',
    x: [3, 4, 4],
    w: [6, 1, 2, 2],
    attributes: { groups: 3 },
  },
];

const transposed: readonly Convolution[] = [
  { name: 'transposed convolution 1-D', x: [2, 7], w: [3, 2, 3], attributes: { strides: [2] } },
  {
    name: 'transposed convolution 3x3 stride 2, uneven pads',
    x: [2, 6, 7],
    w: [3, 2, 3, 3],
    attributes: { strides: [2, 2], padsBegin: [1, 0], padsEnd: [0, 1] },
  },
  {
    name: 'grouped transposed convolution',
    x: [4, 5, 5],
    w: [4, 2, 3, 3],
    attributes: { groups: 2, padsBegin: [1, 1], padsEnd: [1, 1] },
  },
];

function attributesOf({ w, attributes }: Convolution): ConvAttributes {
  const each = (value: number): number[] => w.slice(2).map(() => value);
  const none = each(0);
  return {
    strides: each(1),
    dilations: each(1),
    padsBegin: none,
    padsEnd: none,
    groups: 1,
    ...attributes,
  };
}

/** The tensor with its first neuron dead: all its weights, or its bias, are 0. */
function withDeadNeuron({ data, shape }: Tensor): Tensor {
  const each = data.length / shape[0]!;
  return { data: data.map((value, at) => (at < each ? 0 : value)), shape };
}

function convolution(spec: Convolution, draw: Draw, seed: number): LayerSample {
  const { name, subject = 'convolution', x, w, bias } = spec;
  const make = drawer(draw, seed);
  const parameters = {
    weights: withDeadNeuron(make(w)),
    ...(bias === false ? {} : { bias: withDeadNeuron(make([w[0]!, ...w.slice(2).map(() => 1)])) }),
  };
  const layer = layerOf('convolution', 'layer', 'x', attributesOf(spec), parameters);
  return { name, subject, layer, inputs: [[N, ...x]], draw };
}

function transposedConvolution(spec: Convolution, draw: Draw, seed: number): LayerSample {
  const { name, x, w } = spec;
  const make = drawer(draw, seed);
  const kernel = w.slice(2);
  const outputSpatial = x.slice(1);
  const attributes: LayerAttributes['transposed-convolution'] = {
    ...attributesOf(spec),
    outputSpatial,
  };
  const spatial = windowOutput(outputSpatial, { ...attributes, kernel });
  const layer = layerOf('transposed-convolution', 'layer', 'x', attributes, {
    weights: make(w),
    bias: make([x[0]!, ...kernel.map(() => 1)]),
  });
  return {
    name,
    subject: 'transposed-convolution',
    layer,
    inputs: [[N, w[0]!, ...spatial]],
    draw,
  };
}

function dense(
  name: string,
  rows: readonly number[],
  size: readonly [number, number],
  draw: Draw,
  seed: number,
): LayerSample {
  const make = drawer(draw, seed);
  const layer = layerOf(
    'dense',
    'layer',
    'x',
    {},
    {
      weights: withDeadNeuron(make(size)),
      bias: withDeadNeuron(make([size[0]])),
    },
  );
  return { name, subject: 'dense', layer, inputs: [[N, ...rows, size[1]]], draw };
}

function scale(draw: Draw, seed: number): LayerSample {
  const make = drawer(draw, seed);
  const layer = layerOf(
    'scale',
    'layer',
    'x',
    {},
    {
      weights: make([5, 1, 1]),
      bias: make([5, 1, 1]),
    },
  );
  return { name: 'scale', subject: 'scale', layer, inputs: [[N, 5, 2, 3]], draw };
}

/** Every kind of linear layer, of one to three spatial axes, with biases of both signs and dead neurons; drawn twice. */
export const linearSamples: readonly LayerSample[] = (['eighths', 'whole'] as const).flatMap(
  (draw) => [
    dense('dense', [], [4, 6], draw, 1),
    dense('dense square', [], [5, 5], draw, 2),
    dense('dense on three axes', [3], [4, 5], draw, 3),
    scale(draw, 4),
    ...convolutions.map((spec, at) => convolution(spec, draw, 10 + at)),
    ...transposed.map((spec, at) => transposedConvolution(spec, draw, 30 + at)),
  ],
);
