import fc from 'fast-check';
import { broadcastShapes } from '../program/primitives/shape-rules.js';
import { commonShape, zipTensors } from './broadcast.js';
import { product } from './shape.js';
import { tensor, type Tensor } from './tensor.js';

const SETTINGS = { seed: 2, numRuns: 200 } as const;

/** Two shapes that broadcast: axes of one shape, some dropped in front, some of size 1. */
const pairs = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }).chain((shape) => {
  const part = fc
    .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
    .map(([from, ones]) => shape.map((dim, axis) => (ones[axis]! ? 1 : dim)).slice(from));
  return fc.tuple(part, part);
});

const counted = (shape: readonly number[], first: number): Tensor =>
  tensor(
    Array.from({ length: product(shape) }, (_, at) => first + at),
    shape,
  );

/** The entry that an index of the common shape meets. */
function entry({ data, shape }: Tensor, index: readonly number[]): number {
  const tail = index.slice(index.length - shape.length);
  return data[shape.reduce((at, dim, axis) => at * dim + (dim === 1 ? 0 : tail[axis]!), 0)]!;
}

test('tensors are combined entry by entry, as their indices meet', () => {
  fc.assert(
    fc.property(pairs, ([left, right]) => {
      const a = counted(left, 1),
        b = counted(right, 1000);
      const { data, shape } = zipTensors(a, b, (p, q) => p * 10_000 + q);
      const indices = shape.reduce<number[][]>(
        (all, dim) =>
          all.flatMap((index) => Array.from({ length: dim }, (_, at) => [...index, at])),
        [[]],
      );
      expect(Array.from(data)).toEqual(
        indices.map((index) => entry(a, index) * 10_000 + entry(b, index)),
      );
    }),
    SETTINGS,
  );
});

test('the common shape of constants is that of values in a program', () => {
  fc.assert(
    fc.property(pairs, ([left, right]) => {
      const shape = commonShape(left, right);
      expect(shape).toEqual(broadcastShapes('add', [left, right]));
      expect(shape).toEqual(commonShape(right, left));
      expect(commonShape(shape, left)).toEqual(shape);
    }),
    SETTINGS,
  );
});

test.each([
  [[2], [3]],
  [
    [2, 1],
    [3, 1],
  ],
  [
    [2, 3],
    [2, 3, 2],
  ],
])('%j and %j do not broadcast', (a, b) => {
  const refused = expect.objectContaining({ code: 'invalid-shape' }) as Error;
  expect(() => commonShape(a, b)).toThrow(refused);
  expect(() => broadcastShapes('add', [a, b])).toThrow(refused);
});

test('the batch broadcasts with 1 and with itself only', () => {
  const N = { batch: 1 };
  expect(
    broadcastShapes('add', [
      [N, 1, 3],
      [2, 1],
    ]),
  ).toEqual([N, 2, 3]);
  expect(
    broadcastShapes('add', [
      [1, 3],
      [N, 1],
    ]),
  ).toEqual([N, 3]);
  for (const other of [2, { batch: 2 }])
    expect(() => broadcastShapes('add', [[N], [other]])).toThrow('do not broadcast');
});
