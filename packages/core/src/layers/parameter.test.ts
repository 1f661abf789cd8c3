import fc from 'fast-check';
import { product } from '../tensor/shape.js';
import { tensor, type Tensor } from '../tensor/tensor.js';
import {
  fromFileLayout,
  permuteParameter,
  reshapeParameter,
  toFileLayout,
  type Parameter,
} from './parameter.js';
import { inversePermutation, permuteTensor } from '../tensor/permute-tensor.js';

const SETTINGS = { seed: 3, numRuns: 200 } as const;

const counted = (shape: readonly number[]): Tensor =>
  tensor(
    Array.from({ length: product(shape) }, (_, at) => at),
    shape,
  );

const at = ({ data, shape }: Tensor, index: readonly number[]): number =>
  data[shape.reduce((place, dim, axis) => place * dim + index[axis]!, 0)]!;

const permuted = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  .chain((shape) => {
    const axes = shape.map((_, axis) => axis);
    return fc.record({
      shape: fc.constant(shape),
      permutation: fc.shuffledSubarray(axes, { minLength: axes.length }),
    });
  });

test('axis i of a permuted tensor is axis permutation[i] of the tensor', () => {
  fc.assert(
    fc.property(permuted, ({ shape, permutation }) => {
      const from = counted(shape);
      const to = permuteTensor(from, permutation);
      expect(to.shape).toEqual(permutation.map((axis) => shape[axis]));
      const indices = shape.reduce<number[][]>(
        (all, dim) =>
          all.flatMap((index) =>
            Array.from({ length: dim }, (_, position) => [...index, position]),
          ),
        [[]],
      );
      for (const index of indices)
        expect(
          at(
            to,
            permutation.map((axis) => index[axis]!),
          ),
        ).toBe(at(from, index));
      expect(permuteTensor(to, inversePermutation(permutation))).toEqual(from);
    }),
    SETTINGS,
  );
});

test('what is laid out anew step by step goes back to the layout of its file, and again', () => {
  fc.assert(
    fc.property(permuted, permuted, fc.boolean(), ({ shape, permutation }, other, flat) => {
      const file = counted(shape);
      let parameter: Parameter = { tensor: file, origin: { tensor: 'w', shape, steps: [] } };
      parameter = permuteParameter(parameter, permutation);
      if (flat) parameter = reshapeParameter(parameter, [1, product(shape)]);
      else if (other.shape.length === shape.length)
        parameter = permuteParameter(parameter, other.permutation);
      const { tensor: moved, origin } = parameter;
      expect(origin!.steps.length).toBeGreaterThan(0);
      expect(toFileLayout(moved, origin!)).toEqual(file);
      expect(fromFileLayout(file, origin!)).toEqual(moved);
    }),
    SETTINGS,
  );
});

test('values of another shape than the file have no place', () => {
  const origin = { tensor: 'w', shape: [2, 3], steps: [] };
  expect(() => fromFileLayout(counted([3, 2]), origin)).toThrow(
    expect.objectContaining({ code: 'invalid-pattern' }) as Error,
  );
});
