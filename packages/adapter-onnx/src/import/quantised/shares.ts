import { product } from '@patternlens/core/tensor';
import type { Tensor } from '@patternlens/core';
import type { OnnxNode } from '../node-view.js';

/** Along which axis scales and zero points stand, and how many entries share one where they stand for blocks. */
export interface Along {
  readonly axis: number;
  /** 0 where none is said. */
  readonly block: number;
}

/** The axis and block size that `QuantizeLinear` and `DequantizeLinear` name. */
export const alongOf = (node: OnnxNode): Along => ({
  axis: node.int('axis', 1),
  block: node.int('block_size', 0),
});

/** For each element of a tensor, which entry of the scales (or zero points) is its own: one for all, one along an axis, or one for each block along it. */
function shareOf(
  node: OnnxNode,
  shape: readonly number[],
  scales: readonly number[],
  { axis, block }: Along,
): (at: number) => number {
  if (product(scales) === 1) return () => 0;
  const counted = node.axis(axis, shape.length);
  const size = shape[counted]!;
  const inner = product(shape.slice(counted + 1));
  if (scales.length === 1 && scales[0] === size) return (at) => Math.floor(at / inner) % size;
  const blocks = scales[counted] ?? 0;
  const length = block > 0 ? block : Math.ceil(size / blocks);
  const fits = scales.every((held, at) => held === (at === counted ? blocks : shape[at]));
  if (scales.length !== shape.length || !fits || Math.ceil(size / length) !== blocks)
    node.invalid(
      `scales of shape [${scales.join(', ')}] do not fit [${shape.join(', ')}] along axis ${counted}${block > 0 ? ` in blocks of ${block}` : ''}.`,
    );
  return (at) => {
    const entry = Math.floor(at / inner) % size;
    const outer = Math.floor(at / (inner * size));
    return (outer * blocks + Math.floor(entry / length)) * inner + (at % inner);
  };
}

/** Numbers of a tensor, each with its own scale and zero point. */
export function mapShares(
  node: OnnxNode,
  tensor: Tensor,
  scale: Tensor,
  zero: Tensor | undefined,
  along: Along,
  change: (number: number, scale: number, zero: number) => number,
): Tensor {
  const share = shareOf(node, tensor.shape, scale.shape, along);
  if (zero && zero.data.length !== scale.data.length && zero.data.length !== 1)
    node.invalid(`its zero point has ${zero.data.length} numbers for ${scale.data.length} scales.`);
  const single = zero?.data.length === 1;
  const compute = (number: number, at: number): number =>
    change(number, scale.data[share(at)]!, zero?.data[single ? 0 : share(at)] ?? 0);
  const { data, shape } = tensor;
  return scale.data instanceof Float32Array
    ? { data: Float32Array.from(data, compute), shape }
    : { data: Float64Array.from(data, compute), shape };
}
