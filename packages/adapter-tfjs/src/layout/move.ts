import { type Tensor } from '@patternlens/core';
import { permuteTensor } from '@patternlens/core/tensor';
import type { TapeWriter } from '../tape/tape-writer.js';
import {
  concatSlots,
  padSlot,
  reshapeSlot,
  reverseSlot,
  sliceSlot,
  repeatSlot,
} from '../tape/physical.js';
import { derived } from './constant.js';
import { held, heldConstant, type Held } from './held.js';
import { logical, physicalShape } from './order.js';
import { regroup } from './regroup.js';
import { product, stridesOf } from './sizes.js';

/** The value under another shape; nothing is moved unless axes are merged that do not lie beside each other. */
export function reshape(tape: TapeWriter, x: Held, shape: readonly number[]): Held {
  if (x.shape.join() === shape.join()) return x;
  if (x.constant) {
    const data = ({ data }: Tensor): Tensor => ({ data, shape });
    return heldConstant(tape, derived(x.constant, 'reshape', shape, data));
  }
  const kept = regroup(x.shape, x.order, shape);
  if (kept)
    return held(tape, reshapeSlot(tape, x.slot(x.order), physicalShape(shape, kept)), shape, kept);
  return held(tape, reshapeSlot(tape, x.slot(logical(x.shape.length)), shape), shape);
}

/** The value with its axes renamed; nothing is moved. */
export function transpose(tape: TapeWriter, x: Held, permutation: readonly number[]): Held {
  const shape = permutation.map((axis) => x.shape[axis]!);
  if (x.constant) {
    const key = `transpose ${permutation.join()}`;
    return heldConstant(
      tape,
      derived(x.constant, key, shape, (value) => permuteTensor(value, permutation)),
    );
  }
  const order = x.order.map((axis) => permutation.indexOf(axis));
  return {
    ...held(tape, x.slot(x.order), shape, order),
    ...(x.repeats ? { repeats: transpose(tape, x.repeats, permutation) } : {}),
  };
}

/** A constant whose entry at an index is read at another one, or is `missing` where that is undefined. */
function gathered(
  value: Tensor,
  shape: readonly number[],
  source: (axis: number, index: number) => number,
  missing = 0,
): Tensor {
  const strides = stridesOf(value.shape);
  const all = stridesOf(shape);
  const data = Float64Array.from({ length: product(shape) }, (_, at) => {
    let from = 0;
    for (let axis = 0; axis < shape.length; axis++) {
      const index = source(axis, Math.floor(at / all[axis]!) % shape[axis]!);
      if (index < 0 || index >= value.shape[axis]!) return missing;
      from += index * strides[axis]!;
    }
    return value.data[from]!;
  });
  return { data, shape };
}

/** The value turned round along axes. */
export function flip(tape: TapeWriter, x: Held, axes: readonly number[]): Held {
  if (x.constant) {
    const turn = (value: Tensor): Tensor =>
      gathered(value, x.shape, (axis, index) =>
        axes.includes(axis) ? x.shape[axis]! - 1 - index : index,
      );
    return heldConstant(tape, derived(x.constant, `flip ${axes.join()}`, x.shape, turn));
  }
  const physical = axes.map((axis) => x.order.indexOf(axis));
  return held(tape, reverseSlot(tape, x.slot(x.order), physical), x.shape, x.order);
}

/** Adds entries of one value before and behind, along every axis; negative numbers cut off. */
export function pad(
  tape: TapeWriter,
  x: Held,
  begin: readonly number[],
  end: readonly number[],
  value = 0,
): Held {
  if ([...begin, ...end].every((size) => size === 0)) return x;
  const shape = x.shape.map((dim, axis) => begin[axis]! + dim + end[axis]!);
  if (x.constant) {
    const key = `pad ${begin.join()} ${end.join()} ${value}`;
    const fill = (constant: Tensor): Tensor =>
      gathered(constant, shape, (axis, index) => index - begin[axis]!, value);
    return heldConstant(tape, derived(x.constant, key, shape, fill));
  }
  const cut = (sizes: readonly number[]): number[] => sizes.map((number) => Math.max(-number, 0));
  const added = (sizes: readonly number[]): number[] =>
    x.order.map((axis) => Math.max(sizes[axis]!, 0));
  const left = cut(begin),
    right = cut(end);
  const inside = slice(
    tape,
    x,
    left,
    x.shape.map((dim, axis) => dim - left[axis]! - right[axis]!),
  );
  const padded = padSlot(tape, inside.slot(x.order), added(begin), added(end), value);
  return held(tape, padded, shape, x.order);
}

export function slice(
  tape: TapeWriter,
  x: Held,
  starts: readonly number[],
  sizes: readonly number[],
  steps: readonly number[] = sizes.map(() => 1),
): Held {
  if (x.shape.join() === sizes.join()) return x;
  if (x.constant) {
    const key = `slice ${starts.join()} ${steps.join()}`;
    const cut = (value: Tensor): Tensor =>
      gathered(value, sizes, (axis, index) => starts[axis]! + index * steps[axis]!);
    return heldConstant(tape, derived(x.constant, key, sizes, cut));
  }
  const physical = (values: readonly number[]): number[] => x.order.map((axis) => values[axis]!);
  const cut = sliceSlot(tape, x.slot(x.order), physical(starts), physical(sizes), physical(steps));
  return held(tape, cut, sizes, x.order);
}

/** Values one behind the other along an axis, in the order of the first that is not a constant. */
export function concat(tape: TapeWriter, parts: readonly Held[], axis: number): Held {
  if (parts.length === 1) return parts[0]!;
  const computed = parts.filter(({ constant }) => !constant);
  const isMoved = ({ order }: Held): boolean => order.some((axis, at) => axis !== at);
  const { order } = computed.find(isMoved) ?? computed[0] ?? parts[0]!;
  const shape = parts[0]!.shape.with(
    axis,
    parts.reduce((sum, part) => sum + part.shape[axis]!, 0),
  );
  const joined = concatSlots(
    tape,
    parts.map((part) => part.slot(order)),
    order.indexOf(axis),
  );
  return held(tape, joined, shape, order);
}

/** The value repeated until the shape is reached; elementwise operations can do without the copies. */
export function broadcast(tape: TapeWriter, x: Held, shape: readonly number[]): Held {
  if (x.shape.join() === shape.join()) return x;
  const full = reshape(tape, x, [
    ...new Array<number>(shape.length - x.shape.length).fill(1),
    ...x.shape,
  ]);
  return {
    shape,
    order: full.order,
    repeats: full,
    slot: (order) => repeatSlot(tape, full.slot(order), physicalShape(shape, order)),
  };
}

/** Zeros between the entries of axes: entry `i` goes to `i * factor`. */
export function dilate(tape: TapeWriter, x: Held, factors: readonly number[]): Held {
  return factors.reduce((value, factor, axis) => {
    if (factor === 1) return value;
    const { shape } = value;
    const size = shape[axis]!;
    const none = new Array<number>(shape.length + 1).fill(0);
    const column = reshape(tape, value, shape.toSpliced(axis + 1, 0, 1));
    const apart = pad(tape, column, none, none.with(axis + 1, factor - 1));
    const whole = reshape(tape, apart, shape.with(axis, size * factor));
    return slice(
      tape,
      whole,
      shape.map(() => 0),
      shape.with(axis, (size - 1) * factor + 1),
    );
  }, x);
}
