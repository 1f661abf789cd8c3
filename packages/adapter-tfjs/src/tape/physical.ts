import { generated } from '../layout/constant.js';
import { product } from '../layout/sizes.js';
import type { TapeWriter } from './tape-writer.js';
import type { Slot } from './tape.js';

/** Kernels take axes up to this many on every backend. */
const MAX_RANK = 4;

/** The same numbers under another shape: no kernel is called for that. */
export const reshapeSlot = (_tape: TapeWriter, { id }: Slot, shape: readonly number[]): Slot => ({
  id,
  shape,
});

/** The slot with physical axis `i` of the result being axis `permutation[i]`; axes that stay beside each other move as one. */
export function transposeSlot(tape: TapeWriter, x: Slot, permutation: readonly number[]): Slot {
  const shape = permutation.map((axis) => x.shape[axis]!);
  const moved = permutation.filter((axis) => x.shape[axis] !== 1);
  // Runs of axes that follow each other before and behind.
  const kept = moved.toSorted((a, b) => a - b);
  const runs: number[][] = [];
  moved.forEach((axis, at) => {
    const before = moved[at - 1];
    if (before !== undefined && kept.indexOf(axis) === kept.indexOf(before) + 1)
      runs.at(-1)!.push(axis);
    else runs.push([axis]);
  });
  if (runs.length < 2) return reshapeSlot(tape, x, shape);
  const inMemory = runs.toSorted((a, b) => a[0]! - b[0]!);
  const perm = runs.map((run) => inMemory.indexOf(run));
  const sizes = inMemory.map((run) => product(run.map((axis) => x.shape[axis]!)));
  const merged = reshapeSlot(tape, x, sizes);
  const turned = tape.call(
    'Transpose',
    { x: merged },
    { perm },
    perm.map((axis) => sizes[axis]!),
  );
  return reshapeSlot(tape, turned, shape);
}

/** What an operation on few axes sees: the value, the shape to reach, and for each axis the one of the whole that it acts on. */
type Act = (x: Slot, shape: readonly number[], acted: readonly (number | undefined)[]) => Slot;

/** Applies `act` to a slot in which neighbouring axes that are left alone are merged; where too many axes remain, to one acted axis after the other. */
function onFewAxes(
  tape: TapeWriter,
  x: Slot,
  shape: readonly number[],
  acted: readonly number[],
  act: Act,
): Slot {
  if (acted.length === 0) return x;
  const groups: number[][] = [];
  shape.forEach((_, axis) => {
    const isAlone = axis === 0 || acted.includes(axis) || acted.includes(axis - 1);
    if (isAlone) groups.push([axis]);
    else groups.at(-1)!.push(axis);
  });
  if (groups.length > MAX_RANK && acted.length > 1) {
    return acted.reduce(
      (value, axis) => onFewAxes(tape, value, value.shape.with(axis, shape[axis]!), [axis], act),
      x,
    );
  }
  const few = (sizes: readonly number[]): number[] =>
    groups.map((group) => product(group.map((axis) => sizes[axis]!)));
  const axes = groups.map(([axis]) => (acted.includes(axis!) ? axis : undefined));
  return reshapeSlot(tape, act(reshapeSlot(tape, x, few(x.shape)), few(shape), axes), shape);
}

const axesWhere = (shape: readonly number[], holds: (axis: number) => boolean): number[] =>
  shape.map((_, axis) => axis).filter(holds);

/** Takes sizes and places along all axes to those in which the last acted axis and all that lies within it are one, so that whole runs of memory
 * are taken; undefined where nothing lies within it. */
function inRuns(
  shape: readonly number[],
  acted: readonly number[],
): ((values: readonly number[]) => number[]) | undefined {
  const last = acted.at(-1);
  if (last === undefined) return undefined;
  const inner = product(shape.slice(last + 1));
  return last === shape.length - 1
    ? undefined
    : (values) => [...values.slice(0, last), values[last]! * inner];
}

export function padSlot(
  tape: TapeWriter,
  x: Slot,
  begin: readonly number[],
  end: readonly number[],
  constantValue: number,
): Slot {
  const shape = x.shape.map((dim, axis) => begin[axis]! + dim + end[axis]!);
  const padded = axesWhere(shape, (axis) => begin[axis] !== 0 || end[axis] !== 0);
  const runs = inRuns(shape, padded);
  if (runs) {
    const [from, before, behind] = [x.shape, begin, end].map(runs) as [
      number[],
      number[],
      number[],
    ];
    const made = padSlot(tape, reshapeSlot(tape, x, from), before, behind, constantValue);
    return reshapeSlot(tape, made, shape);
  }
  return onFewAxes(tape, x, shape, padded, (value, dims, acted) => {
    const paddings = acted.map((axis) =>
      axis === undefined ? [0, 0] : [begin[axis]!, end[axis]!],
    );
    return tape.call('PadV2', { x: value }, { paddings, constantValue }, dims);
  });
}

export function sliceSlot(
  tape: TapeWriter,
  x: Slot,
  starts: readonly number[],
  sizes: readonly number[],
  steps: readonly number[],
): Slot {
  const cut = axesWhere(sizes, (axis) => sizes[axis] !== x.shape[axis]);
  const runs = inRuns(sizes, cut);
  if (runs && (steps[cut.at(-1)!] === 1 || sizes[cut.at(-1)!] === 1)) {
    const [from, runSizes, begin] = [x.shape, sizes, starts].map(runs) as [
      number[],
      number[],
      number[],
    ];
    const made = sliceSlot(
      tape,
      reshapeSlot(tape, x, from),
      begin,
      runSizes,
      steps.slice(0, runSizes.length),
    );
    return reshapeSlot(tape, made, sizes);
  }
  return onFewAxes(tape, x, sizes, cut, (value, dims, acted) => {
    const begin = acted.map((axis) => (axis === undefined ? 0 : starts[axis]!));
    const strides = acted.map((axis, at) =>
      axis === undefined || dims[at] === 1 ? 1 : steps[axis]!,
    );
    if (strides.every((step) => step === 1))
      return tape.call('Slice', { x: value }, { begin, size: dims }, dims);
    const end = dims.map((dim, at) => begin[at]! + (dim - 1) * strides[at]! + 1);
    const masks = {
      beginMask: 0,
      endMask: 0,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    };
    return tape.call('StridedSlice', { x: value }, { begin, end, strides, ...masks }, dims);
  });
}

export function reverseSlot(tape: TapeWriter, x: Slot, axes: readonly number[]): Slot {
  const turned = axes.filter((axis) => x.shape[axis] !== 1);
  return onFewAxes(tape, x, x.shape, turned, (value, sizes, acted) => {
    const dims = axesWhere(sizes, (at) => acted[at] !== undefined);
    return tape.call('Reverse', { x: value }, { dims }, sizes);
  });
}

export function concatSlots(tape: TapeWriter, slots: readonly Slot[], axis: number): Slot {
  if (slots.length === 1) return slots[0]!;
  const outer = product(slots[0]!.shape.slice(0, axis));
  const rows = slots.map((slot) => reshapeSlot(tape, slot, [outer, product(slot.shape) / outer]));
  const columns = rows.reduce((sum, { shape }) => sum + shape[1]!, 0);
  const joined = tape.call('Concat', rows, { axis: 1 }, [outer, columns]);
  const shape = slots[0]!.shape.with(
    axis,
    slots.reduce((sum, slot) => sum + slot.shape[axis]!, 0),
  );
  return reshapeSlot(tape, joined, shape);
}

/** Repeats axes of size 1 until the shape is reached: a product with ones, which no backend is slow at. */
export function repeatSlot(tape: TapeWriter, x: Slot, shape: readonly number[]): Slot {
  const repeated = axesWhere(shape, (axis) => shape[axis] !== x.shape[axis]);
  return onFewAxes(tape, x, shape, repeated, (a, dims) => {
    const ones = dims.map((dim, at) => (a.shape[at] === dim ? 1 : dim));
    const b = tape.constant(
      generated('number 1', ones, () => 1),
      ones.map((_, axis) => axis),
    );
    return tape.call('Multiply', { a, b }, {}, dims);
  });
}
