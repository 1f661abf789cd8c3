import { type Pattern, type Tensor } from '@patternlens/core';
import { type Layer } from '@patternlens/core/network';
import { filled, zipTensors } from '@patternlens/core/tensor';
import { type Method } from '@patternlens/core/tracing';
import type { Losses } from './loss-reasons.js';

/** One layer of a traced method, with the numbers of a batch. */
export interface LayerView {
  readonly layer: Layer;
  readonly rule: string;
  readonly method: Method;
  readonly pattern: Pattern | undefined;
  /** The layer's value: for linear layers z with its bias. */
  readonly output: Tensor;
  /** True relevance at the layer's output, in float64. */
  readonly arrived: Tensor;
  /** What the rule itself says that it keeps back of each sample. */
  readonly said: Losses;
}

/** Sums one number an element over each sample. */
export function perSample(
  { data, shape }: Tensor,
  of: (value: number, at: number) => number,
): Float64Array {
  const batch = shape[0]!;
  const each = data.length / batch;
  const sums = new Float64Array(batch);
  for (let sample = 0; sample < batch; sample++) {
    let sum = 0;
    for (let at = sample * each; at < (sample + 1) * each; at++) sum += of(data[at]!, at);
    sums[sample] = sum;
  }
  return sums;
}

/** A parameter at every element of a value that it broadcasts to; zeros where there is none. */
export function spreadOver(parameter: Tensor | undefined, { shape }: Tensor): Tensor {
  const zeros = filled(shape, 0);
  return parameter ? zipTensors(zeros, parameter, (_, value) => value) : zeros;
}

/** The neuron of each element of a linear layer's value: its channel, for dense layers its place along the last axis. */
export function neuronOf(layer: Layer, { shape }: Tensor): (at: number) => number {
  if (layer.kind === 'dense') return (at) => at % shape.at(-1)!;
  const positions = shape.slice(2).reduce((total, size) => total * size, 1);
  return (at) => Math.floor(at / positions) % shape[1]!;
}
