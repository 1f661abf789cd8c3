import type { ConvAttributes } from '@patternlens/core/backend';
import { held, type Held } from '../layout/held.js';
import { concat, pad, reshape } from '../layout/move.js';
import { channelsLast, logical } from '../layout/order.js';
import { concatSlots, reshapeSlot } from '../tape/physical.js';
import { combine } from './elementwise.js';
import type { Context, Lowering } from './lowering.js';
import { sliceAxis } from './plane-convolution.js';
import { reduce } from './reductions.js';
import { windowSlices } from './window-slices.js';
import { product } from '../layout/sizes.js';

type Window = ConvAttributes & { readonly kernel: readonly number[] };

/** Products of what each offset of the kernel reads with what comes back, summed over all positions: no backend needs a kernel for this. */
export const convWeightGradient: Lowering<'convWeightGradient'> = (context, a, [x, r], shape) => {
  if (a.groups === 1) return ofOneGroup(context, a, x!, r!, shape);
  if (shape[1] === 1) return ofDepthwise(context, a, x!, r!, shape);
  const outputs = shape[0]! / a.groups,
    channels = shape[1]!;
  const parts = Array.from({ length: a.groups }, (_, group) =>
    ofOneGroup(
      context,
      a,
      sliceAxis(context, x!, 1, group * channels, channels),
      sliceAxis(context, r!, 1, group * outputs, outputs),
      [outputs, ...shape.slice(1)],
    ),
  );
  return concat(context.tape, parts, 0);
};

function ofOneGroup(
  context: Context,
  a: Window,
  x: Held,
  r: Held,
  [outputs, channels, ...kernel]: readonly number[],
): Held {
  const { tape } = context;
  const rank = x.shape.length;
  const out = r.shape.slice(2);
  const positions = r.shape[0]! * product(out);
  const back = reshapeSlot(tape, r.slot(channelsLast(rank)), [positions, outputs!]);
  // Channels first, so that each is one row; moved once, before slices are taken.
  const first = [1, 0, ...logical(rank).slice(2)];
  const padded = pad(tape, x, [0, 0, ...a.padsBegin], [0, 0, ...a.padsEnd]);
  const rows = held(tape, padded.slot(first), padded.shape, first);
  const none = a.padsBegin.map(() => 0);
  const slices = windowSlices(context, rows, { ...a, padsBegin: none, padsEnd: none }, out, 0);
  const products = slices.map((view) => {
    const row = reshapeSlot(tape, view.slot(first), [channels!, positions]);
    const plain = { transposeA: false, transposeB: false };
    return tape.call('BatchMatMul', { a: row, b: back }, plain, [channels!, outputs!]);
  });
  const all = reshapeSlot(tape, concatSlots(tape, products, 0), [...kernel, channels!, outputs!]);
  const shape = [outputs!, channels!, ...kernel];
  return held(tape, all, shape, [...logical(rank).slice(2), 1, 0]);
}

function ofDepthwise(
  context: Context,
  a: Window,
  x: Held,
  r: Held,
  shape: readonly number[],
): Held {
  const { tape } = context;
  const [batch, channels] = x.shape as [number, number];
  const out = r.shape.slice(2);
  const each = r.shape[1]! / channels;
  const back = reshape(tape, r, [batch, channels, each, ...out]);
  const summed = [0, ...logical(back.shape.length).slice(3)];
  const parts = windowSlices(context, x, a, out, 0).map((view) => {
    const column = reshape(tape, view, [batch, channels, 1, ...out]);
    const products = combine(context, 'Multiply', [column, back], back.shape);
    return reshape(tape, reduce(context, 'Sum', products, summed), [channels * each, 1, 1]);
  });
  return reshape(tape, concat(tape, parts, 2), shape);
}
