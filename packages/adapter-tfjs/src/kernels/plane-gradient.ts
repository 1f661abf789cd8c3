import type { ConvAttributes } from '@patternlens/core/backend';
import { held, type Held } from '../layout/held.js';
import { concat, dilate, flip, pad, reshape, slice, transpose } from '../layout/move.js';
import type { Context } from './lowering.js';
import { convolvePlanes, isDepthwise, sliceAxis } from './plane-convolution.js';
import { reduce } from './reductions.js';

const ALONE = { strides: [1, 1], groups: 1 };

/** The transpose of a convolution of planes in its input: `r [N, O, ...out]`, `w` to `[N, C, ...input]`. */
export function transposePlanes(
  context: Context,
  r: Held,
  w: Held,
  attributes: ConvAttributes,
  input: readonly number[],
): Held {
  if (isDepthwise(w, attributes)) return transposeDepthwise(context, r, w, attributes, input);
  if (attributes.groups > 1) return inGroups(context, r, w, attributes, input);
  const isStrided = attributes.strides.some((stride) => stride > 1);
  if (isStrided) return transposeStrided(context, r, w, attributes, input);
  const { tape } = context;
  const turned = transpose(tape, flip(tape, w, [2, 3]), [1, 0, 2, 3]);
  return convolvePlanes(
    context,
    r,
    turned,
    { ...ALONE, dilations: attributes.dilations, ...padsOf(r, w, attributes, input) },
    input,
  );
}

/** Pads with which a convolution of stride 1 by turned weights reaches the input's size. */
function padsOf(
  r: Held,
  w: Held,
  { dilations, padsBegin }: ConvAttributes,
  input: readonly number[],
): Pick<ConvAttributes, 'padsBegin' | 'padsEnd'> {
  const span = dilations.map((dilation, axis) => (w.shape[axis + 2]! - 1) * dilation);
  const begin = span.map((size, axis) => size - padsBegin[axis]!);
  const end = span.map((size, axis) => input[axis]! - r.shape[axis + 2]! + size - begin[axis]!);
  return { padsBegin: begin, padsEnd: end };
}

/** One convolution of stride 1 computes, as channels, every position within a stride; then they are put side by side. */
function transposeStrided(
  context: Context,
  r: Held,
  weights: Held,
  { strides, dilations, padsBegin }: ConvAttributes,
  input: readonly number[],
): Held {
  const { tape } = context;
  const w = dilate(tape, weights, [1, 1, ...dilations]);
  const [outputs, channels, ...kernel] = w.shape as [number, number, number, number];
  const [sh, sw] = strides as [number, number];
  // Steps of a stride that the kernel spans.
  const taps = kernel.map((size, axis) => Math.ceil(size / strides[axis]!)) as [number, number];
  const full = pad(
    tape,
    w,
    [0, 0, 0, 0],
    [0, 0, ...taps.map((count, axis) => count * strides[axis]! - kernel[axis]!)],
  );
  const split = reshape(tape, full, [outputs, channels, taps[0], sh, taps[1], sw]);
  const turned = transpose(tape, flip(tape, split, [2, 4]), [3, 5, 1, 0, 2, 4]);
  const phases = reshape(tape, turned, [sh * sw * channels, outputs, ...taps]);
  // Positions are counted with the padding, in whole strides.
  const first = padsBegin.map((begin, axis) => Math.floor(begin / strides[axis]!));
  const steps = padsBegin.map(
    (begin, axis) => Math.floor((begin + input[axis]! - 1) / strides[axis]!) - first[axis]! + 1,
  ) as [number, number];
  const begin = taps.map((count, axis) => count - 1 - first[axis]!);
  const end = taps.map(
    (count, axis) => steps[axis]! - r.shape[axis + 2]! + count - 1 - begin[axis]!,
  );
  const window = { ...ALONE, dilations: [1, 1], padsBegin: begin, padsEnd: end };
  const made = convolvePlanes(context, r, phases, window, steps);
  const batch = r.shape[0]!;
  const apart = transpose(
    tape,
    reshape(tape, made, [batch, sh, sw, channels, ...steps]),
    [0, 3, 4, 1, 5, 2],
  );
  const order = [0, 2, 3, 4, 5, 1];
  const beside = held(tape, apart.slot(order), apart.shape, order);
  const whole = reshape(tape, beside, [batch, channels, steps[0] * sh, steps[1] * sw]);
  const starts = padsBegin.map((begin, axis) => begin - first[axis]! * strides[axis]!);
  return cutOrFill(context, whole, starts, [batch, channels, ...input]);
}

/** The part of planes that begins at `starts`; what lies behind their end is 0. */
function cutOrFill(
  { tape }: Context,
  x: Held,
  starts: readonly number[],
  shape: readonly number[],
): Held {
  const missing = shape.map((dim, axis) =>
    Math.max(0, dim + (starts[axis - 2] ?? 0) - x.shape[axis]!),
  );
  const filled = pad(
    tape,
    x,
    missing.map(() => 0),
    missing,
  );
  return slice(tape, filled, [0, 0, ...starts], shape);
}

/** Each channel is convolved with its own turned weights, between zeros where there was a stride. */
function transposeDepthwise(
  context: Context,
  r: Held,
  w: Held,
  attributes: ConvAttributes,
  input: readonly number[],
): Held {
  const { tape } = context;
  const apart = dilate(tape, r, [1, 1, ...attributes.strides]);
  const outputs = w.shape[0]!;
  const window = {
    strides: [1, 1],
    dilations: attributes.dilations,
    groups: outputs,
    ...padsOf(apart, w, attributes, input),
  };
  const each = convolvePlanes(context, apart, flip(tape, w, [2, 3]), window, input);
  const { groups } = attributes;
  if (outputs === groups) return each;
  const batch = r.shape[0]!;
  const split = reshape(tape, each, [batch, groups, outputs / groups, ...input]);
  return reshape(tape, reduce(context, 'Sum', split, [2]), [batch, groups, ...input]);
}

function inGroups(
  context: Context,
  r: Held,
  w: Held,
  attributes: ConvAttributes,
  input: readonly number[],
): Held {
  const { groups } = attributes;
  const outputs = w.shape[0]! / groups;
  const parts = Array.from({ length: groups }, (_, group) =>
    transposePlanes(
      context,
      sliceAxis(context, r, 1, group * outputs, outputs),
      sliceAxis(context, w, 0, group * outputs, outputs),
      { ...attributes, groups: 1 },
      input,
    ),
  );
  return concat(context.tape, parts, 1);
}
