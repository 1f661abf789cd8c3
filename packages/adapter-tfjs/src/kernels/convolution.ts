import type { ConvAttributes } from '@patternlens/core/backend';
import type { Held } from '../layout/held.js';
import { dilate, pad, reshape, slice, transpose } from '../layout/move.js';
import { combine } from './elementwise.js';
import type { Context, Lowering } from './lowering.js';
import type { Fused } from './matmul.js';
import { convolvePlanes, sliceAxis } from './plane-convolution.js';
import { transposePlanes } from './plane-gradient.js';

/** Attributes of a window over one axis, as those of one over planes of one row. */
export function asPlanes<A extends ConvAttributes>(a: A): A {
  return {
    ...a,
    strides: [1, ...a.strides],
    dilations: [1, ...a.dilations],
    padsBegin: [0, ...a.padsBegin],
    padsEnd: [0, ...a.padsEnd],
  };
}

/** Attributes without those of the first spatial axis. */
export function inPlanes<A extends ConvAttributes>(a: A): A {
  return {
    ...a,
    strides: a.strides.slice(1),
    dilations: a.dilations.slice(1),
    padsBegin: a.padsBegin.slice(1),
    padsEnd: a.padsEnd.slice(1),
  };
}

const withRow = (shape: readonly number[]): number[] => shape.toSpliced(2, 0, 1);

/** `[N, C, D, H, W]` as planes `[N D, C, H, W]`. */
export function planesOf({ tape }: Context, x: Held): Held {
  const [batch, channels, depth, ...plane] = x.shape as [number, number, number, ...number[]];
  return reshape(tape, transpose(tape, x, [0, 2, 1, 3, 4]), [batch * depth, channels, ...plane]);
}

/** The way back from planes to volumes. */
export function volumesOf({ tape }: Context, x: Held, batch: number): Held {
  const [planes, channels, ...plane] = x.shape as [number, number, ...number[]];
  return transpose(
    tape,
    reshape(tape, x, [batch, planes / batch, channels, ...plane]),
    [0, 2, 1, 3, 4],
  );
}

const depthOf = (w: Held): number[] => Array.from({ length: w.shape[2]! }, (_, at) => at);

/** One plane of weights `[O, C/groups, kh, kw]`. */
function weightsAt(context: Context, w: Held, at: number): Held {
  return reshape(context.tape, sliceAxis(context, w, 2, at, 1), w.shape.toSpliced(2, 1));
}

const sum = (context: Context, parts: readonly Held[]): Held =>
  parts.reduce((all, part) => combine(context, 'Add', [all, part], part.shape));

/** A convolution over one, two or three axes. A volume is the sum of convolutions of planes. */
export function convolve(
  context: Context,
  a: ConvAttributes,
  [x, w]: readonly [Held, Held],
  shape: readonly number[],
  fused?: Fused,
): Held {
  const { tape } = context;
  if (a.strides.length === 2) return convolvePlanes(context, x, w, a, shape.slice(2), fused);
  if (a.strides.length === 1) {
    const operands = [x, w].map((operand) => reshape(tape, operand, withRow(operand.shape))) as [
      Held,
      Held,
    ];
    const made = convolve(context, asPlanes(a), operands, withRow(shape), fused);
    return reshape(tape, made, shape);
  }
  const deep = pad(tape, x, [0, 0, a.padsBegin[0]!, 0, 0], [0, 0, a.padsEnd[0]!, 0, 0]);
  const parts = depthOf(w).map((at) => {
    const starts = [0, 0, at * a.dilations[0]!, 0, 0];
    const sizes = deep.shape.with(2, shape[2]!);
    const layer = slice(tape, deep, starts, sizes, [1, 1, a.strides[0]!, 1, 1]);
    const planes = planesOf(context, layer);
    const made = convolvePlanes(
      context,
      planes,
      weightsAt(context, w, at),
      inPlanes(a),
      shape.slice(3),
    );
    return volumesOf(context, made, shape[0]!);
  });
  return sum(context, parts);
}

export const conv: Lowering<'conv'> = (context, a, [x, w], shape) =>
  convolve(context, a, [x!, w!], shape);

export const convInputGradient: Lowering<'convInputGradient'> = (context, a, [r, w], shape) => {
  const { tape } = context;
  if (a.strides.length === 2) return transposePlanes(context, r!, w!, a, a.inputSpatial);
  if (a.strides.length === 1) {
    const operands = [r!, w!].map((operand) => reshape(tape, operand, withRow(operand.shape)));
    const rows = { ...asPlanes(a), inputSpatial: [1, ...a.inputSpatial] };
    return reshape(tape, convInputGradient(context, rows, operands, withRow(shape)), shape);
  }
  const planes = planesOf(context, r!);
  const parts = depthOf(w!).map((at) => {
    const weights = weightsAt(context, w!, at);
    const made = transposePlanes(context, planes, weights, inPlanes(a), a.inputSpatial.slice(1));
    const apart = dilate(tape, volumesOf(context, made, shape[0]!), [1, 1, a.strides[0]!]);
    const begin = at * a.dilations[0]! - a.padsBegin[0]!;
    const end = shape[2]! - begin - apart.shape[2]!;
    return pad(tape, apart, [0, 0, begin, 0, 0], [0, 0, end, 0, 0]);
  });
  return sum(context, parts);
};
