import type { PoolAttributes } from '@patternlens/core/backend';
import { held, type Held } from '../layout/held.js';
import { concat, dilate, pad, reshape, slice } from '../layout/move.js';
import { physicalShape } from '../layout/order.js';
import { combine } from './elementwise.js';
import type { Context, Lowering } from './lowering.js';
import { asFloats } from './masks.js';
import { LOWEST, maxPooled } from './pooling.js';
import { scalar } from './scalar.js';
import { unpoolByAxis } from './unpool-by-axis.js';
import { offsetsOf, windowSlices } from './window-slices.js';

/** For each offset, 1 where it is the first that equals its window's maximum. */
function firstMaxima(
  context: Context,
  x: Held,
  a: PoolAttributes,
  out: readonly number[],
): readonly Held[] {
  const { tape } = context;
  const pooled = maxPooled(context, x, a, out);
  const { order, shape } = pooled;
  const physical = physicalShape(shape, order);
  const best = pooled.slot(order);
  let open: ReturnType<Held['slot']> | undefined;
  return windowSlices(context, x, a, out, LOWEST).map((values) => {
    const equal = tape.call('Equal', { a: values.slot(order), b: best }, {}, physical);
    const isLargest = asFloats(context, equal);
    const isFirst = open
      ? tape.call('Multiply', { a: isLargest, b: open }, {}, physical)
      : isLargest;
    open = tape.call('Sub', { a: open ?? scalar(tape, 1), b: isFirst }, {}, physical);
    return held(tape, isFirst, shape, order);
  });
}

/** Switches stay undecided until they are read: whoever unpools may have a shorter way than through their masks. */
export const poolSwitches: Lowering<'poolSwitches'> = (context, a, [x], shape) => {
  const { tape } = context;
  const out = shape.slice(3);
  let made: readonly Held[] | undefined;
  const masks = (): readonly Held[] => (made ??= firstMaxima(context, x!, a, out));
  const whole = (): Held => {
    const columns = masks().map((mask) => reshape(tape, mask, mask.shape.toSpliced(2, 0, 1)));
    return concat(tape, columns, 2);
  };
  // As it comes out of the masks of planes with channels last.
  const spatial = out.map((_, axis) => axis + 3);
  const order = [0, 2, ...spatial, 1];
  return { shape, order, slot: (wanted) => whole().slot(wanted), switches: { pooled: x!, masks } };
};

/** The masks of switches, which may have been handed in. */
function masksOf({ tape }: Context, switches: Held): readonly Held[] {
  if (switches.switches) return switches.switches.masks();
  const { shape } = switches;
  return Array.from({ length: shape[2]! }, (_, offset) => {
    const starts = shape.map((_dim, axis) => (axis === 2 ? offset : 0));
    return reshape(tape, slice(tape, switches, starts, shape.with(2, 1)), shape.toSpliced(2, 1));
  });
}

export const poolBySwitches: Lowering<'poolBySwitches'> = (context, a, [x, switches], shape) => {
  const values = windowSlices(context, x!, a, shape.slice(2), 0);
  return masksOf(context, switches!)
    .map((mask, offset) => combine(context, 'Multiply', [mask, values[offset]!], shape))
    .reduce((sum, part) => combine(context, 'Add', [sum, part], shape));
};

/** No backend's own gradient of max pools is used: that of wasm knows no maxima below 0, and those of wasm and WebGL take the last of equal values. */
export const unpool: Lowering<'unpool'> = (context, a, [r, switches], shape) => {
  const { tape } = context;
  if (switches!.switches) return unpoolByAxis(context, r!, switches!.switches.pooled, a);
  const offsets = offsetsOf(a.kernel);
  const parts = masksOf(context, switches!).map((mask, at) => {
    const masked = combine(context, 'Multiply', [r!, mask], mask.shape);
    const apart = dilate(tape, masked, [1, 1, ...a.strides]);
    const begin = offsets[at]!.map(
      (offset, axis) => offset * a.dilations[axis]! - a.padsBegin[axis]!,
    );
    const end = begin.map((before, axis) => shape[axis + 2]! - before - apart.shape[axis + 2]!);
    return pad(tape, apart, [0, 0, ...begin], [0, 0, ...end]);
  });
  return parts.reduce((sum, part) => combine(context, 'Add', [sum, part], shape));
};
