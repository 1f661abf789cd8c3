import { PatternLensError } from '../errors/patternlens-error.js';
import { product } from './shape.js';
import type { Tensor } from './tensor.js';

/** The shape that shapes of plain numbers broadcast to.
 * @throws PatternLensError `invalid-shape` where they do not. */
export function commonShape(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const dims = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const dim = dims.find((size) => size !== 1) ?? 1;
    if (dims.every((size) => size === 1 || size === dim)) return dim;
    throw new PatternLensError(
      'core',
      'invalid-shape',
      `Shapes ${shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ')} do not broadcast.`,
    );
  });
}

/** Steps through a tensor's data, axis by axis of a shape that it broadcasts to; repeated axes have step 0. */
export function broadcastSteps(from: readonly number[], to: readonly number[]): number[] {
  const steps = new Array<number>(to.length).fill(0);
  let stride = 1;
  for (let axis = from.length - 1; axis >= 0; axis--) {
    if (from[axis] !== 1) steps[axis + to.length - from.length] = stride;
    stride *= from[axis]!;
  }
  return steps;
}

/** Calls `visit` for every element of `shape`, with its place and the matching places in tensors of the given steps. */
export function forEachBroadcast(
  shape: readonly number[],
  steps: readonly (readonly number[])[],
  visit: (at: number, sources: readonly number[]) => void,
): void {
  const total = product(shape);
  const index = new Array<number>(shape.length).fill(0);
  const sources = new Array<number>(steps.length).fill(0);
  for (let at = 0; at < total; at++) {
    visit(at, sources);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      for (let s = 0; s < steps.length; s++) sources[s]! += steps[s]![axis]!;
      if (index[axis]! < shape[axis]!) break;
      for (let s = 0; s < steps.length; s++) sources[s]! -= steps[s]![axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

/** `combine` of two tensors, element by element, in float64. */
export function zipTensors(
  a: Tensor,
  b: Tensor,
  combine: (a: number, b: number) => number,
): Tensor {
  const shape = commonShape(a.shape, b.shape);
  const data = new Float64Array(product(shape));
  if (a.data.length === data.length && b.data.length === data.length) {
    for (let at = 0; at < data.length; at++) data[at] = combine(a.data[at]!, b.data[at]!);
    return { data, shape };
  }
  forEachBroadcast(
    shape,
    [broadcastSteps(a.shape, shape), broadcastSteps(b.shape, shape)],
    (at, [i, j]) => {
      data[at] = combine(a.data[i!]!, b.data[j!]!);
    },
  );
  return { data, shape };
}

export function mapTensor({ data, shape }: Tensor, change: (value: number) => number): Tensor {
  return { data: Float64Array.from(data, change), shape };
}
