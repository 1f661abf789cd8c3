import { formatShape, isBatch, sizeOf, type Shape } from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import { inOrder } from '../order.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';

const axesOf = (shape: Shape): number[] => shape.map((_, axis) => axis);

/** Another shape over the same values, which are read in TensorFlow's order. */
export function reshape(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  shape: Shape,
  word?: string,
): RuntimeValue {
  return context.layer(
    place,
    'reshape',
    { inputs: [context.plain(x)], attributes: { shape }, word },
    false,
  );
}

/** Without some axes of size 1; the order of the others is kept where values may have it. */
export function dropAxes(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axes: readonly number[],
  word?: string,
): RuntimeValue {
  const rank = x.shape.length;
  if (axes.some((axis) => x.shape[axis] !== 1))
    place.invalid(`it drops an axis of ${formatShape(x.shape)} that is not of size 1.`);
  const left = inOrder(axesOf(x.shape), x.channelsFirst).filter((axis) => !axes.includes(axis));
  const isPlain = left.every((axis, at) => at === 0 || left[at - 1]! < axis);
  const isFirst = left.length > 2 && left[1] === rank - 1;
  if (!isPlain && !isFirst) return dropAxes(context, place, context.plain(x), axes, word);
  return context.layer(
    place,
    'reshape',
    { inputs: [x], attributes: { shape: left.map((axis) => x.shape[axis]!) }, word },
    !isPlain,
  );
}

/** With a new axis of size 1 before the given one; channels first stay first where the new axis is a spatial one. */
export function addAxis(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axis: number,
  word?: string,
): RuntimeValue {
  const rank = x.shape.length;
  const inner = x.channelsFirst && axis > 0 && axis < rank;
  const own = inner ? x : context.plain(x);
  const shape = [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)];
  return context.layer(
    place,
    'reshape',
    { inputs: [own], attributes: { shape: inOrder(shape, own.channelsFirst) }, word },
    own.channelsFirst,
  );
}

/** Everything behind the batch in one axis. */
export function flatten(context: ImportContext, place: Place, x: RuntimeValue): RuntimeValue {
  return reshape(context, place, x, [x.shape[0]!, sizeOf(x.shape.slice(1))]);
}

/** Another order of TensorFlow's axes. */
export function permute(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  permutation: readonly number[],
  word?: string,
): RuntimeValue {
  if (
    [...permutation].sort((a, b) => a - b).some((axis, at) => axis !== at) ||
    permutation.length !== x.shape.length
  )
    place.invalid(
      `[${permutation.join(', ')}] is not an order of its input's ${x.shape.length} axes.`,
    );
  return context.layer(
    place,
    'transpose',
    { inputs: [context.plain(x)], attributes: { permutation }, word },
    false,
  );
}

/** What lies around the axes, in one number for each of TensorFlow's. */
export interface Borders {
  readonly begin: readonly number[];
  readonly end: readonly number[];
}

export function pad(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { begin, end }: Borders,
  value = 0,
): RuntimeValue {
  if ([...begin, ...end].some((size) => !Number.isSafeInteger(size) || size < 0))
    place.invalid(
      `its padding [${begin.join(', ')}], [${end.join(', ')}] must be whole numbers from 0.`,
    );
  if (begin[0] !== 0 || end[0] !== 0) place.unsupported('it pads the batch axis.');
  const first = x.channelsFirst;
  return context.layer(
    place,
    'pad',
    { inputs: [x], attributes: { begin: inOrder(begin, first), end: inOrder(end, first), value } },
    first,
  );
}

/** What a slice takes of each of TensorFlow's axes. */
export interface SliceSpec {
  readonly starts: readonly number[];
  readonly sizes: Shape;
  readonly steps?: readonly number[];
  readonly word?: string | undefined;
}

export function slice(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { starts, sizes, steps = starts.map(() => 1), word }: SliceSpec,
): RuntimeValue {
  if (sizes.some((size) => !isBatch(size) && size < 1))
    place.unsupported('it takes nothing of an axis.');
  const first = x.channelsFirst;
  return context.layer(
    place,
    'slice',
    {
      inputs: [x],
      attributes: {
        starts: inOrder(starts, first),
        sizes: inOrder(sizes, first),
        steps: inOrder(steps, first),
      },
      word,
    },
    first,
  );
}

/** The axis in which values are joined or cut, which must not be the batch. */
export function ownAxis(place: Place, x: RuntimeValue, axis: number): number {
  const own = place.axis(axis, x.shape.length);
  return isBatch(x.shape[own])
    ? place.unsupported(
        'it works along the batch axis.',
        'Only networks that treat every sample alone can be explained.',
      )
    : own;
}
