import { build, type ImportContext, type Place, type RuntimeValue } from '@patternlens/importing';

export interface ResizeSpec {
  readonly mode: 'nearest' | 'bilinear';
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  /** TensorFlow's axes that are resized, with their new sizes. */
  readonly sizes: ReadonlyMap<number, number>;
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
    return [[alignCorners ? Math.round(place) : Math.floor(place), 1]];
  }
  const place = halfPixelCenters ? step * (at + 0.5) - 0.5 : step * at;
  const low = Math.max(0, Math.floor(place)),
    high = Math.min(input - 1, Math.ceil(place));
  return [
    [low, 1 - (place - low)],
    [high, place - low],
  ];
}

/** Axes of an image in other sizes, as TensorFlow.js computes them. */
export function resize(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  spec: ResizeSpec,
): RuntimeValue {
  const resized = [...spec.sizes].flatMap(([axis, output]) => {
    const input = x.shape[axis];
    if (typeof input !== 'number') return place.unsupported('it resizes the batch axis.');
    const reads = (at: number) => readsOf(at, input, output, spec);
    return input === output ? [] : [{ axis, output, reads }];
  });
  return build.resize(context, place, x, resized);
}
