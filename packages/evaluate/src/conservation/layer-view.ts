import {
  filled,
  zipTensors,
  type Layer,
  type Method,
  type Pattern,
  type Tensor,
} from '@patternlens/core';
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
  for (let at = 0; at < data.length; at++) sums[Math.floor(at / each)]! += of(data[at]!, at);
  return sums;
}

/** A parameter at every element of a value that it broadcasts to; zeros where there is none. */
export function spreadOver(parameter: Tensor | undefined, { shape }: Tensor): Tensor {
  const zeros = filled(shape, 0);
  return parameter ? zipTensors(zeros, parameter, (_, own) => own) : zeros;
}

/** The neuron of each element of a linear layer's value: its channel, for dense layers its place along the last axis. */
export function neuronOf(layer: Layer, { shape }: Tensor): (at: number) => number {
  if (layer.kind === 'dense') return (at) => at % shape.at(-1)!;
  const positions = shape.slice(2).reduce((total, size) => total * size, 1);
  return (at) => Math.floor(at / positions) % shape[1]!;
}
