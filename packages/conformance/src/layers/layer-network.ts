import { type Network, type Shape, type TensorRecord } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { resolveShape, sizeOf } from '@patternlens/core/tensor';
import { drawer, positive } from './draw.js';
import { layerOf } from './layer-of.js';
import type { LayerSample } from './layer-sample.js';

/** Name of the input that stands for what comes back to the layer. */
export const RELEVANCE = 'r';

export const inputName = (at: number): string => (at === 0 ? 'x' : `x${at}`);

/** The shape of what a layer makes. */
export function outputShape({ layer, inputs }: LayerSample): Shape {
  const alone = createNetwork({
    inputs: inputs.map((shape, at) => ({ name: inputName(at), shape })),
    outputs: [layer.output],
    layers: [layer],
  });
  return alone.shapes.get(layer.output)!;
}

/** The layer's value times an input of the same shape, summed: with the gradient behind the layer, that input is what comes back to it. */
export function layerNetwork(sample: LayerSample): Network {
  const { layer, inputs } = sample;
  const output = outputShape(sample);
  const size = sizeOf(output.slice(1)) as number;
  return createNetwork({
    inputs: [
      ...inputs.map((shape, at) => ({ name: inputName(at), shape })),
      { name: RELEVANCE, shape: output },
    ],
    outputs: ['total'],
    layers: [
      layer,
      layerOf('product', 'weighted', [layer.output, RELEVANCE], {}),
      layerOf('reshape', 'flat', 'weighted', { shape: [output[0]!, size] }),
      layerOf('sum', 'total', 'flat', { axes: [1] }),
    ],
  });
}

/** Inputs of a layer's network. */
export function layerInputs(sample: LayerSample, batch: number, seed: number): TensorRecord {
  const make = drawer(sample.draw, seed);
  const inputs = sample.inputs.map((shape, at) => {
    const values = make(resolveShape(shape, batch));
    return [inputName(at), sample.positive === true ? positive(values) : values] as const;
  });
  return Object.fromEntries([
    ...inputs,
    [RELEVANCE, make(resolveShape(outputShape(sample), batch))],
  ]);
}
