import type { Tensor } from '@patternlens/core';
import { limitElements, limitShape } from '../known/limit-elements.js';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { LARGEST_MATRIX } from '../values/limits.js';
import type { RuntimeValue } from '../values/values.js';
import { along, sizeAlong } from './axes.js';
import { addConstant } from './elementwise.js';

/** One of the model's axes in another size, and what each of its new entries is made of: entries of the old, with their weights. */
export interface ResizedAxis {
  readonly axis: number;
  readonly output: number;
  readonly reads: (at: number) => readonly (readonly [entry: number, weight: number])[];
}

/** The matrix `[output, input]` that one axis is multiplied with. */
function matrixOf(place: Place, input: number, { output, reads }: ResizedAxis): Tensor {
  if (!(output > 0) || !Number.isFinite(output))
    place.invalid(
      `it resizes an axis of ${input} to ${output}. Its scales and sizes must be above 0, one for each axis.`,
    );
  const data = new Float64Array(limitElements(place, output * input, LARGEST_MATRIX));
  for (let at = 0; at < output; at++)
    for (const [entry, weight] of reads(at)) {
      const from = Math.min(Math.max(entry, 0), input - 1);
      data[at * input + from]! += weight;
    }
  return { data, shape: [output, input] };
}

/** Axes of an image in other sizes. */
export function resize(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  resized: readonly ResizedAxis[],
): RuntimeValue {
  return mapAxes(
    context,
    place,
    x,
    'resize',
    resized.map((one) => ({
      axis: one.axis,
      matrix: matrixOf(place, sizeAlong(place, x.shape, one.axis), one),
    })),
  );
}

/** The same; a number of its own stands where an axis is not read at all. */
export function resizeOver(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  resized: readonly ResizedAxis[],
  outside: number,
): RuntimeValue {
  const made = resize(context, place.part('inside'), x, resized);
  const shape = made.shape.map((_, axis) => resized.find((one) => one.axis === axis)?.output ?? 1);
  const data = new Float64Array(limitShape(place, shape)).fill(0);
  let inner = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const reads = resized.find((one) => one.axis === axis)?.reads;
    for (let at = 0; reads && at < data.length; at++)
      if (reads(Math.floor(at / inner) % shape[axis]!).length === 0) data[at] = outside;
    inner *= shape[axis]!;
  }
  return addConstant(context, place, made, { tensor: { data, shape } });
}

/** A matrix `[output, input]` along one of the model's axes. */
export interface MappedAxis {
  readonly axis: number;
  readonly matrix: Tensor;
}

/** Some of the model's axes, each multiplied with a matrix. */
export function mapAxes(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  kind: 'resize' | 'along-axes',
  mapped: readonly MappedAxis[],
): RuntimeValue {
  const { value, axes: turned } = along(
    context,
    place,
    x,
    mapped.map(({ axis }) => axis),
  );
  const axes = mapped.map(({ matrix }, at) => ({ axis: turned[at]!, matrix }));
  return context.layer(place, kind, [value], { axes }, {}, 'as-first');
}
