import { held, type Held } from '../layout/held.js';
import { concat, pad, reshape, slice } from '../layout/move.js';
import { combine } from './elementwise.js';
import type { Context } from './lowering.js';

/** A window that moves along one axis. */
export interface AxisWindow {
  readonly axis: number;
  /** The size of the axis before and behind. */
  readonly size: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
}

/** For an offset of the kernel: which position within a stride it reads, from which stride on. */
const phaseOf = ({ stride, dilation }: AxisWindow, offset: number) => ({
  phase: (offset * dilation) % stride,
  first: Math.floor((offset * dilation) / stride),
});

/** Strides that a padded axis has. */
const stridesIn = (window: AxisWindow): number =>
  phaseOf(window, window.kernel - 1).first + window.out;

const along = (x: Held, axis: number, value: number): number[] =>
  x.shape.map((_, index) => (index === axis ? value : 0));

/** For every offset of the kernel, the values that it reads. */
export function axisViews(
  { tape, traits }: Context,
  x: Held,
  window: AxisWindow,
  padding: number,
): Held[] {
  const { axis, stride, out, begin, dilation, size } = window;
  const strides = stridesIn(window);
  const begins = along(x, axis, begin);
  const offsets = Array.from({ length: window.kernel }, (_, offset) => offset);
  const sizes = x.shape.with(axis, out);
  if (traits.quickSteps || stride === 1) {
    const reach = (out - 1) * stride + (window.kernel - 1) * dilation + 1;
    const padded = pad(tape, x, begins, along(x, axis, reach - begin - size), padding);
    const steps = x.shape.map((_, index) => (index === axis ? stride : 1));
    return offsets.map((offset) =>
      slice(tape, padded, along(x, axis, offset * dilation), sizes, steps),
    );
  }
  const padded = pad(tape, x, begins, along(x, axis, strides * stride - begin - size), padding);
  const split = reshape(tape, padded, x.shape.toSpliced(axis, 1, strides, stride));
  // Positions within a stride come first in memory: each is one run then.
  const { order } = split;
  const first = [axis + 1, ...order.filter((index) => index !== axis + 1)];
  const sheets = held(tape, split.slot(first), split.shape, first);
  return offsets.map((offset) => {
    const { phase, first } = phaseOf(window, offset);
    const sheet = slice(tape, sheets, along(split, axis + 1, phase), split.shape.with(axis + 1, 1));
    const joined = reshape(tape, sheet, x.shape.with(axis, strides));
    return slice(tape, joined, along(x, axis, first), sizes);
  });
}

/** The way back: what each offset gets is put where it reads, and summed where windows overlap. */
export function placeBack(context: Context, parts: readonly Held[], window: AxisWindow): Held {
  const { tape } = context;
  const { axis, stride, out, begin, size } = window;
  const strides = Math.max(stridesIn(window), Math.ceil((begin + size) / stride));
  const shape = parts[0]!.shape.with(axis, strides);
  const sheets = new Array<Held | undefined>(stride);
  parts.forEach((part, offset) => {
    const { phase, first } = phaseOf(window, offset);
    const padded = pad(
      tape,
      part,
      along(part, axis, first),
      along(part, axis, strides - first - out),
    );
    const other = sheets[phase];
    sheets[phase] = other ? combine(context, 'Add', [other, padded], shape) : padded;
  });
  const some = sheets.find((sheet) => sheet !== undefined)!;
  const columns = Array.from(sheets, (sheet) =>
    reshape(
      tape,
      sheet ?? combine(context, 'Sub', [some, some], shape),
      shape.toSpliced(axis + 1, 0, 1),
    ),
  );
  const whole = reshape(tape, concat(tape, columns, axis + 1), shape.with(axis, strides * stride));
  return slice(tape, whole, along(whole, axis, begin), shape.with(axis, size));
}
