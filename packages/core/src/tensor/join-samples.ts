import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkTensor } from './check-tensor.js';
import { product } from './shape.js';
import type { Tensor } from './tensor.js';

const PLACE = expects.required(expects.whole(0));

/** Samples `from` to `to` (not included) of a tensor whose axis 0 is the batch, without copying: `[to - from, ...]`. */
export function sliceSamples(samples: Tensor, from: number, to: number): Tensor {
  checkTensor('sliceSamples: samples', samples);
  checkArgument('core', 'sliceSamples: from', from, PLACE);
  checkArgument('core', 'sliceSamples: to', to, PLACE);
  const { data, shape } = samples;
  const each = product(shape.slice(1));
  return {
    data: data.subarray(from * each, to * each),
    shape: [to - from, ...shape.slice(1)],
  };
}

/** Tensors joined along the batch, axis 0: their other axes have to be the same, which is not checked. The
 * numbers are of the type of the first, and there is at least one tensor. */
export function joinTensors(parts: readonly Tensor[]): Tensor {
  checkArgument('core', 'joinTensors: parts', parts, {
    expected: 'an array of at least one tensor',
    accepts: (value) => Array.isArray(value) && value.length > 0,
    required: true,
  });
  parts.forEach((part, at) => {
    checkTensor(`joinTensors: part ${at + 1}`, part);
  });
  const [first] = parts;
  const total = parts.reduce((sum, part) => sum + part.data.length, 0);
  const data =
    first!.data instanceof Float32Array ? new Float32Array(total) : new Float64Array(total);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return {
    data,
    shape: [parts.reduce((sum, part) => sum + part.shape[0]!, 0), ...first!.shape.slice(1)],
  };
}
