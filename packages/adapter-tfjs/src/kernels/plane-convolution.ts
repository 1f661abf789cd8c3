import type { ConvAttributes } from '@patternlens/core/backend';
import { held, type Held } from '../layout/held.js';
import { concat, dilate, pad, reshape, slice } from '../layout/move.js';
import { channelsLast, physicalShape } from '../layout/order.js';
import type { Context } from './lowering.js';
import { fusedAttributes, type Fused } from './matmul.js';

const PLANES = channelsLast(4);

/** A part of the channels, or of the neurons. */
export function sliceAxis(
  { tape }: Context,
  x: Held,
  axis: number,
  start: number,
  size: number,
): Held {
  return slice(
    tape,
    x,
    x.shape.map((_, index) => (index === axis ? start : 0)),
    x.shape.with(axis, size),
  );
}

/** Whether every group has one channel. */
export const isDepthwise = (w: Held, { groups }: ConvAttributes): boolean =>
  groups > 1 && w.shape[1] === 1;

/** `x [N, C, H, W]` with `w [O, C/groups, kh, kw]` to `[N, O, ...out]`. Pads may be negative. */
export function convolvePlanes(
  context: Context,
  image: Held,
  weights: Held,
  attributes: ConvAttributes,
  out: readonly number[],
  fused?: Fused,
): Held {
  const { tape } = context;
  const { groups, strides } = attributes;
  if (groups > 1 && !isDepthwise(weights, attributes))
    return inGroups(context, image, weights, attributes, out);
  const cut = (pads: readonly number[]): number[] => [
    0,
    0,
    ...pads.map((size) => Math.min(size, 0)),
  ];
  const x = pad(tape, image, cut(attributes.padsBegin), cut(attributes.padsEnd));
  // Kernels of TensorFlow.js refuse strides beside dilations.
  const isBoth =
    strides.some((stride) => stride > 1) && attributes.dilations.some((dilation) => dilation > 1);
  const w = isBoth ? dilate(tape, weights, [1, 1, ...attributes.dilations]) : weights;
  const pads = attributes.padsBegin.map((begin, axis) => [
    Math.max(begin, 0),
    Math.max(attributes.padsEnd[axis]!, 0),
  ]);
  const window = {
    strides,
    dilations: isBoth ? [1, 1] : attributes.dilations,
    pad: pads.flat().every((size) => size === 0) ? 'valid' : [[0, 0], ...pads, [0, 0]],
    dataFormat: 'NHWC',
  };
  const [outputs, , ...kernel] = w.shape as [number, number, ...number[]];
  const depthwise = groups > 1;
  const filter = depthwise
    ? reshape(tape, w, [groups, outputs / groups, ...kernel]).slot([2, 3, 0, 1])
    : w.slot([2, 3, 1, 0]);
  const name = depthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
  const shape = [x.shape[0]!, outputs, ...out];
  const physical = physicalShape(shape, PLANES);
  const inputs = { x: x.slot(PLANES), filter };
  const fusedName = depthwise ? 'FusedDepthwiseConv2D' : 'FusedConv2D';
  const bias = fused?.bias && { bias: reshape(tape, fused.bias, [outputs]).slot([0]) };
  const made = fused
    ? tape.call(
        fusedName,
        { ...inputs, ...bias },
        { ...window, ...fusedAttributes(fused) },
        physical,
      )
    : tape.call(name, inputs, window, physical);
  return held(tape, made, shape, PLANES);
}

/** One convolution a group, joined. */
function inGroups(
  context: Context,
  x: Held,
  w: Held,
  attributes: ConvAttributes,
  out: readonly number[],
): Held {
  const { groups } = attributes;
  const outputs = w.shape[0]! / groups,
    channels = w.shape[1]!;
  const parts = Array.from({ length: groups }, (_, group) =>
    convolvePlanes(
      context,
      sliceAxis(context, x, 1, group * channels, channels),
      sliceAxis(context, w, 0, group * outputs, outputs),
      { ...attributes, groups: 1 },
      out,
    ),
  );
  return concat(context.tape, parts, 1);
}
