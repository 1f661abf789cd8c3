import { type Shape, type Tensor } from '@patternlens/core';
import { formatShape, isBatch, sameDim, sizeOf, type Dim } from '@patternlens/core/tensor';
import { limitElements } from '../known/limit-elements.js';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import {
  channelsFirst,
  inOrder,
  networkShape,
  plainOrder,
  range,
  sameOrder,
  SAMPLES,
  withoutAxes,
  type BatchPlace,
} from '../values/axis-order.js';
import { LONGEST_LIST } from '../values/limits.js';
import type { RuntimeValue } from '../values/values.js';
import {
  along,
  checkPermutation,
  checkRepeats,
  entryAt,
  partsBefore,
  sizeAlong,
  withAxes,
} from './axes.js';
import { reshape } from './reshape.js';

/** The same values with their axes in the order in which the network holds a value of such a shape.
 * @param batch Where the samples are in it. */
function heldAs(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  shape: Shape,
  batch: BatchPlace | undefined,
): RuntimeValue {
  const order = plainOrder(shape);
  const attributes = { shape: networkShape(shape, order) };
  return context.layer(place, 'reshape', [context.plain(x)], attributes, {}, { order, batch });
}

/** Without some axes of size 1; the order of the others is kept. */
export function dropAxes(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axes: readonly number[],
): RuntimeValue {
  const { batch } = x;
  if (axes.some((axis) => isBatch(x.shape[axis])))
    place.unsupported('it drops the batch axis, which is right for one sample only.', place.single);
  if (axes.some((axis) => x.shape[axis] !== 1))
    place.invalid(`it drops an axis of ${formatShape(x.shape)} that is not of size 1.`);
  const order = withoutAxes(x.order, axes);
  const left = x.shape.filter((_, axis) => !axes.includes(axis));
  const attributes = { shape: networkShape(left, order) };
  const before = batch && axes.filter((axis) => axis < batch.axis).length;
  const moved = batch && { ...batch, axis: batch.axis - before! };
  return context.layer(place, 'reshape', [x], attributes, {}, { order, batch: moved });
}

/** With new axes of size 1 at the given places, counted in the result; channels first stay first where the new axes are spatial ones. */
export function addAxes(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axes: readonly number[],
): RuntimeValue {
  const shape = withAxes(x.shape, axes);
  const rank = shape.length;
  const old = range(rank).filter((axis) => !axes.includes(axis));
  const batch = x.batch && { ...x.batch, axis: old[x.batch.axis]! };
  const inner =
    x.shape.length > 2 &&
    sameOrder(x.order, channelsFirst(x.shape.length)) &&
    axes.every((axis) => axis > 0 && axis < rank - 1);
  if (!inner) return heldAs(context, place, x, shape, batch);
  const order = channelsFirst(rank);
  const attributes = { shape: networkShape(shape, order) };
  return context.layer(place, 'reshape', [x], attributes, {}, { order, batch });
}

/** Everything behind the batch in one axis. */
export const flatten = (context: ImportContext, place: Place, x: RuntimeValue): RuntimeValue =>
  reshape(context, place, x, [x.shape[0]!, sizeOf(x.shape.slice(1))]);

/** Another order of the model's axes. */
export function permute(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  permutation: readonly number[],
): RuntimeValue {
  checkPermutation(place, permutation, x.shape.length);
  const plain = context.plain(x);
  const shape = permutation.map((axis) => x.shape[axis]!);
  const order = plainOrder(shape);
  const batch = x.batch && { ...x.batch, axis: permutation.indexOf(x.batch.axis) };
  const moved = order.map((axis) =>
    plain.order.indexOf(axis === SAMPLES ? SAMPLES : permutation[axis]!),
  );
  return context.layer(place, 'transpose', [plain], { permutation: moved }, {}, { order, batch });
}

/** What lies around the axes, in one number for each of the model's. */
export interface Borders {
  readonly begin: readonly number[];
  readonly end: readonly number[];
}

function checkBorders(place: Place, x: RuntimeValue, { begin, end }: Borders): void {
  const sizes = [...begin, ...end];
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 0))
    place.invalid(
      `its padding [${begin.join(', ')}], [${end.join(', ')}] must be whole numbers from 0.`,
    );
  if (x.shape.some((dim, axis) => isBatch(dim) && begin[axis]! + end[axis]! > 0))
    place.unsupported('it pads the batch axis.');
  begin.forEach((size, axis) => limitElements(place, size + end[axis]!, LONGEST_LIST));
}

export function pad(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  borders: Borders,
  value = 0,
): RuntimeValue {
  checkBorders(place, x, borders);
  const [first] = x.order;
  const isPadded = (borders.begin[first!] ?? 0) + (borders.end[first!] ?? 0) > 0;
  const padded = isPadded ? context.whole(x) : x;
  const begin = inOrder(borders.begin, padded.order, 0),
    end = inOrder(borders.end, padded.order, 0);
  return context.layer(place, 'pad', [padded], { begin, end, value }, {}, 'as-first');
}

/** How a padding repeats what it lies around; `symmetric` repeats the border too, `reflect` does not. */
export type RepeatingMode = 'edge' | 'reflect' | 'symmetric' | 'wrap';

/** Where a padded axis of the given size reads its entries. */
function paddedPlaces(mode: RepeatingMode, size: number, begin: number, end: number): number[] {
  const period =
    mode === 'wrap' ? size : mode === 'symmetric' ? 2 * size : Math.max(2 * size - 2, 1);
  return range(begin + size + end).map((at) => {
    if (mode === 'edge') return Math.min(Math.max(at - begin, 0), size - 1);
    const place = (((at - begin) % period) + period) % period;
    return place < size ? place : mode === 'symmetric' ? period - 1 - place : period - place;
  });
}

/** Axes padded with entries of their own.
 * @param word What the steps are named after, with the axis. */
export function padByRepeating(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { begin, end }: Borders,
  { mode, word }: { readonly mode: RepeatingMode; readonly word: string },
): RuntimeValue {
  checkBorders(place, x, { begin, end });
  return x.shape.reduce<RuntimeValue>((value, _, axis) => {
    if (begin[axis] === 0 && end[axis] === 0) return value;
    const places = paddedPlaces(mode, sizeAlong(place, x.shape, axis), begin[axis]!, end[axis]!);
    return gather(context, place.part(`${word}-${axis}`), value, axis, places);
  }, x);
}

/** What a slice takes of each of the model's axes. */
export interface SliceSpec {
  readonly starts: readonly number[];
  readonly sizes: Shape;
  readonly steps?: readonly number[];
}

export function slice(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { starts, sizes, steps = starts.map(() => 1) }: SliceSpec,
): RuntimeValue {
  if (sizes.some((size) => !isBatch(size) && size < 1))
    place.unsupported('it takes nothing of an axis.');
  const batch = x.batch && { ...x.batch, ...partsTaken(place, x, starts, sizes, steps) };
  const [first] = x.order;
  const whole = first !== SAMPLES && !isBatch(x.shape[first!]) && steps[first!] !== 1;
  const held = whole ? context.whole(x) : x;
  const attributes = {
    starts: inOrder(starts, held.order, 0),
    sizes: networkShape(sizes, held.order),
    steps: inOrder(steps, held.order, 1),
  };
  return context.layer(place, 'slice', [held], attributes, {}, { order: held.order, batch });
}

/** What is left of a sample's parts along the batch axis, which is taken whole, or part by part where all parts stand before the batch. */
function partsTaken(
  place: Place,
  x: RuntimeValue,
  starts: readonly number[],
  sizes: Shape,
  steps: readonly number[],
): { readonly before: number } {
  const { axis, before } = x.batch!;
  const held = x.shape[axis]!,
    taken = sizes[axis];
  const start = starts[axis]!;
  if (sameDim(held, taken) && start === 0 && steps[axis] === 1) return { before };
  const fits = isBatch(taken) && taken.batch > 0 && steps[axis] === 1 && start >= 0;
  if (!fits || start + taken.batch > partsBefore(place, x, axis))
    return place.unsupported('it cuts the batch axis.', SAMPLES_ALONE);
  return { before: taken.batch };
}

/** Parts of an axis with the given sizes (of the batch axis: of the parts of a sample that stand along it), each at its place's output; none where nothing can read it. */
export function split(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axis: number,
  sizes: readonly number[],
): (RuntimeValue | undefined)[] {
  const isOfSamples = isBatch(x.shape[axis]);
  const total = isOfSamples ? partsBefore(place, x, axis) : sizeAlong(place, x.shape, axis);
  if (sizes.reduce((sum, size) => sum + size, 0) !== total)
    place.invalid(`parts of ${sizes.join(', ')} do not make an axis of ${total}.`);
  let start = 0;
  return sizes.map((size, index) => {
    const at = place.output(index);
    const starts = x.shape.map((_, other) => (other === axis ? start : 0));
    start += size;
    const part = isOfSamples ? { batch: size } : size;
    const taken = x.shape.map((dim, other): Dim => (other === axis ? part : dim));
    return at && slice(context, at, x, { starts, sizes: taken });
  });
}

/** Entries of one of the model's axes, in another order or repeated. */
export function gather(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axis: number,
  indices: readonly number[],
): RuntimeValue {
  const { value, axes } = along(context, place, x, [axis]);
  return context.layer(place, 'gather', [value], { axis: axes[0]!, indices }, {}, 'as-first');
}

/** The same by a tensor of indices, whose axes take the place of the one that they read. */
export function gatherBy(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axis: number,
  { data, shape }: Tensor,
): RuntimeValue {
  const size = sizeAlong(place, x.shape, axis);
  const indices = Array.from(data, (index) => entryAt(place, index, size));
  limitElements(place, indices.length, LONGEST_LIST);
  if (shape.length === 1) return gather(context, place, x, axis, indices);
  return reshape(context, place, gather(context, place.part('entries'), x, axis, indices), [
    ...x.shape.slice(0, axis),
    ...shape,
    ...x.shape.slice(axis + 1),
  ]);
}

/** Every axis as often as is said, one behind another. */
export function tile(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  repeats: readonly number[],
): RuntimeValue {
  checkRepeats(place, repeats, x.shape.length);
  if (repeats.some((count, axis) => count !== 1 && isBatch(x.shape[axis])))
    copying(context, place, x.shape);
  return repeats.reduce((value, count, axis) => {
    if (count === 1) return value;
    const size = sizeAlong(place, x.shape, axis);
    const indices = range(limitElements(place, size * count, LONGEST_LIST)).map((at) => at % size);
    return gather(context, place.part(`repeat-${axis}`), value, axis, indices);
  }, x);
}

/** A file that makes several samples of one is refused for good: what would be explained of them? */
function copying(context: ImportContext, place: Place, shape: Shape): never {
  context.isSettled = true;
  return place.unsupported(
    `it repeats the batch of ${formatShape(shape)}: of one sample it makes several.`,
    SAMPLES_ALONE,
  );
}

/** Axes of size 1 repeated, and new ones put before the others, until a shape is reached; where that has size 1, the value's own size stays. */
export function expand(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  wanted: Shape,
): RuntimeValue {
  const missing = Math.max(wanted.length - x.shape.length, 0);
  const whole = missing === 0 ? x : addAxes(context, place.part('axes'), x, range(missing));
  const { fixedBatch } = context;
  const shape = whole.shape.map((held, axis): Dim => {
    const asked = wanted[axis - whole.shape.length + wanted.length] ?? 1;
    if (asked === 1 || sameDim(held, asked)) return held;
    if (isBatch(held)) {
      const same = fixedBatch !== undefined && asked === held.batch * fixedBatch;
      return same ? held : copying(context, place, x.shape);
    }
    if (isBatch(asked))
      return place.unsupported(
        `it repeats ${formatShape(x.shape)} for each sample of ${formatShape(wanted)}.`,
        SAMPLES_ALONE,
      );
    if (held === 1) return asked;
    return place.invalid(
      `it expands ${formatShape(x.shape)} to ${formatShape(wanted)}; sizes must agree, or be 1.`,
    );
  });
  const [first] = whole.order;
  const grows = first !== SAMPLES && !isBatch(shape[first!]) && shape[first!] !== 1;
  const held = grows ? context.whole(whole) : whole;
  const attributes = { shape: networkShape(shape, held.order) };
  return context.layer(place, 'expand', [held], attributes, {}, 'as-first');
}
