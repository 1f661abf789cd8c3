import type { Tensor } from '@patternlens/core';
import { limitElements } from '../known/limit-elements.js';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { LARGEST_MATRIX } from '../values/limits.js';
import type { RuntimeValue } from '../values/values.js';
import { along, sizeAlong } from './axes.js';

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
  const { value, axes: turned } = along(
    context,
    place,
    x,
    resized.map(({ axis }) => axis),
  );
  const axes = resized.map((one, index) => ({
    axis: turned[index]!,
    matrix: matrixOf(place, sizeAlong(place, x.shape, one.axis), one),
  }));
  return context.layer(place, 'resize', [value], { axes }, {}, 'as-first');
}
