import fc from 'fast-check';
import {
  BATCH,
  divideDims,
  formatShape,
  isBatch,
  multiplyDims,
  resolveShape,
  sameDim,
  sameShape,
  sizeOf,
  stridesOf,
  type Dim,
  type Shape,
} from './shape.js';

const size = fc.integer({ min: 1, max: 9 });
const batches = size.map((batch): Dim => ({ batch }));
const SETTINGS = { seed: 1, numRuns: 200 } as const;

/** Sizes of which at most one depends on the batch. */
const shapes: fc.Arbitrary<Shape> = fc
  .tuple(fc.array(size, { maxLength: 4 }), fc.option(fc.tuple(fc.nat(4), batches)))
  .map(([sizes, batch]) => (batch ? sizes.toSpliced(batch[0], 0, batch[1] as number) : sizes));

const resolved = (dim: Dim, batch: number): number => resolveShape([dim], batch)[0]!;
const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

test('a product of sizes is that of the sizes with the batch put in', () => {
  fc.assert(
    fc.property(size, fc.oneof(size, batches), fc.nat(5), (a, b, batch) => {
      expect(resolved(multiplyDims(a, b), batch)).toBe(a * resolved(b, batch));
      expect(multiplyDims(b, a)).toEqual(multiplyDims(a, b));
    }),
    SETTINGS,
  );
});

test('a quotient undoes a product, and is only there where it is whole', () => {
  fc.assert(
    fc.property(size, fc.oneof(size, batches), (a, b) => {
      expect(divideDims(multiplyDims(a, b), a)).toEqual(b);
      expect(divideDims(multiplyDims(a, b), b)).toEqual(a);
    }),
    SETTINGS,
  );
  expect(divideDims(7, 2)).toBeUndefined();
  expect(divideDims({ batch: 7 }, 2)).toBeUndefined();
  expect(divideDims({ batch: 3 }, { batch: 2 })).toBeUndefined();
  expect(divideDims(6, BATCH)).toBeUndefined();
  expect(divideDims(6, 0)).toBeUndefined();
  expect(divideDims({ batch: 0 }, 0)).toBeUndefined();
});

test('the batch is never there twice', () => {
  expect(() => multiplyDims(BATCH, { batch: 2 })).toThrow(
    expect.objectContaining({ code: 'invalid-shape' }) as Error,
  );
  expect(() => sizeOf([BATCH, 3, BATCH])).toThrow('batch twice');
});

test('the size of a shape is the product of its sizes', () => {
  fc.assert(
    fc.property(shapes, fc.nat(4), (shape, batch) => {
      expect(resolved(sizeOf(shape), batch)).toBe(product(resolveShape(shape, batch)));
      expect(isBatch(sizeOf(shape))).toBe(shape.some(isBatch));
    }),
    SETTINGS,
  );
});

test('shapes are the same where each of their sizes is', () => {
  fc.assert(
    fc.property(shapes, shapes, (a, b) => {
      expect(sameShape(a, structuredClone(a))).toBe(true);
      expect(sameShape(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    SETTINGS,
  );
  expect(sameDim(1, BATCH)).toBe(false);
  expect(sameDim(undefined, 1)).toBe(false);
});

test('strides number all elements in row-major order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), (shape) => {
      const strides = stridesOf(shape);
      const indices = shape.reduce<number[][]>(
        (all, dim) =>
          all.flatMap((index) => Array.from({ length: dim }, (_, at) => [...index, at])),
        [[]],
      );
      const places = indices.map((index) =>
        index.reduce((at, position, axis) => at + position * strides[axis]!, 0),
      );
      expect(places).toEqual(indices.map((_, at) => at));
    }),
    SETTINGS,
  );
});

test('listings name the batch', () => {
  expect(formatShape([BATCH, 3, { batch: 4 }, 1])).toBe('[N, 3, 4N, 1]');
  expect(formatShape([])).toBe('[]');
});
