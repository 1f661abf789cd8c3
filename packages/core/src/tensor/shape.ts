import { PatternLensError } from '../errors/patternlens-error.js';

/** A multiple of the batch size, which is known only when a program runs. */
export interface BatchDim {
  readonly batch: number;
}

/** The size of one axis: a number, or a multiple of the batch size. */
export type Dim = number | BatchDim;

/** Sizes of all axes of a value, before the batch size is known: `[{ batch: 1 }, 3, 32, 32]`, which errors and listings show as `[N, 3, 32, 32]`.
 * At most one axis depends on the batch. */
export type Shape = readonly Dim[];

/** The batch axis as networks have it. */
export const BATCH: BatchDim = { batch: 1 };

export function isBatch(dim: Dim | undefined): dim is BatchDim {
  return typeof dim === 'object';
}

export function sameDim(a: Dim | undefined, b: Dim | undefined): boolean {
  return isBatch(a) ? isBatch(b) && a.batch === b.batch : a === b;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => sameDim(dim, b[axis]));
}

/** The number of elements of a shape: a number, or a multiple of the batch size. */
export function sizeOf(shape: Shape): Dim {
  return shape.reduce<Dim>(multiplyDims, 1);
}

export function multiplyDims(a: Dim, b: Dim): Dim {
  if (isBatch(a) && isBatch(b)) {
    throw new PatternLensError(
      'core',
      'invalid-shape',
      'A shape holds the batch twice. Only one axis may depend on the batch.',
    );
  }
  if (isBatch(a)) return { batch: a.batch * (b as number) };
  if (isBatch(b)) return { batch: b.batch * a };
  return a * b;
}

/** `a / b` where that is a whole number (of batches), else undefined. */
export function divideDims(a: Dim, b: Dim): Dim | undefined {
  if (isBatch(a)) {
    const divisor = isBatch(b) ? b.batch : b;
    if (divisor === 0 || a.batch % divisor !== 0) return undefined;
    return isBatch(b) ? a.batch / divisor : { batch: a.batch / divisor };
  }
  return isBatch(b) || b === 0 || a % b !== 0 ? undefined : a / b;
}

/** The shape with the batch put in. */
export function resolveShape(shape: Shape, batch: number): number[] {
  return shape.map((dim) => (isBatch(dim) ? dim.batch * batch : dim));
}

/** `[N, 3, 32, 32]`, as listings and errors show it. */
export function formatShape(shape: Shape): string {
  return `[${shape.map(formatDim).join(', ')}]`;
}

/** The size of one axis as listings and errors show it. */
export function formatDim(dim: Dim | undefined): string {
  if (!isBatch(dim)) return String(dim);
  return dim.batch === 1 ? 'N' : `${dim.batch}N`;
}

/** Row-major strides of a shape of plain numbers. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
