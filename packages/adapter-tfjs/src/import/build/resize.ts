import type { Tensor } from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import { LARGEST_MATRIX } from '../limits.js';
import { axisInOrder } from '../order.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';

export interface ResizeSpec {
  readonly mode: 'nearest' | 'bilinear';
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  /** TensorFlow's axes that are resized, with their new sizes. */
  readonly sizes: ReadonlyMap<number, number>;
  readonly word?: string | undefined;
}

/** Where TensorFlow.js reads an axis: entries of the input with their weights. */
function readsOf(
  at: number,
  input: number,
  output: number,
  { mode, alignCorners, halfPixelCenters }: ResizeSpec,
): (readonly [number, number])[] {
  const step = alignCorners && output > 1 ? (input - 1) / (output - 1) : input / output;
  if (mode === 'nearest') {
    const place = step * (halfPixelCenters ? at + 0.5 : at);
    const nearest = alignCorners ? Math.round(place) : Math.floor(place);
    return [[Math.min(input - 1, Math.max(0, nearest)), 1]];
  }
  const place = halfPixelCenters ? step * (at + 0.5) - 0.5 : step * at;
  const low = Math.max(0, Math.floor(place)),
    high = Math.min(input - 1, Math.ceil(place));
  return [
    [low, 1 - (place - low)],
    [high < 0 ? 0 : high, place - low],
  ];
}

function matrixOf(place: Place, input: number, output: number, spec: ResizeSpec): Tensor {
  if (!Number.isSafeInteger(output) || output < 1 || output * input > LARGEST_MATRIX)
    place.invalid(`it resizes an axis of ${input} to ${output}.`);
  const data = new Float64Array(output * input);
  for (let at = 0; at < output; at++)
    for (const [from, weight] of readsOf(at, input, output, spec))
      data[at * input + from]! += weight;
  return { data, shape: [output, input] };
}

/** Axes of an image in other sizes, as TensorFlow.js computes them. */
export function resize(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  spec: ResizeSpec,
): RuntimeValue {
  const axes = [...spec.sizes].flatMap(([axis, output]) => {
    const input = x.shape[axis];
    if (typeof input !== 'number') return place.unsupported('it resizes the batch axis.');
    if (input === output) return [];
    return [
      {
        axis: axisInOrder(axis, x.shape.length, x.channelsFirst),
        matrix: matrixOf(place, input, output, spec),
      },
    ];
  });
  return context.layer(
    place,
    'resize',
    { inputs: [x], attributes: { axes }, word: spec.word },
    x.channelsFirst,
  );
}
