import { plainProduct } from '@patternlens/core/backend';
import { normals } from '@patternlens/core/tensor';
import { symmetricEigen } from './symmetric-eigen.js';

function covariance(n: number, samples: number, seed: number): Float64Array {
  const x = Float64Array.from({ length: n * samples }, normals(seed));
  return plainProduct(x, x, n, n) as Float64Array;
}

test.each([
  [1, 3],
  [2, 5],
  [7, 20],
  [40, 25],
  [65, 200],
])('a matrix of %i is made of its directions again', (n, samples) => {
  const matrix = covariance(n, samples, n);
  const { values, vectors } = symmetricEigen(matrix, n, 'conv1');
  for (let k = 1; k < n; k++) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
  const unit = plainProduct(vectors, vectors, n, n) as Float64Array;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      expect(unit[i * n + j]!).toBeCloseTo(i === j ? 1 : 0, 12);
      let again = 0;
      for (let k = 0; k < n; k++) again += values[k]! * vectors[k * n + i]! * vectors[k * n + j]!;
      expect(Math.abs(again - matrix[i * n + j]!)).toBeLessThan(1e-11 * values[0]!);
    }
});

test('a diagonal matrix, a zero one and one of equal values', () => {
  expect(Array.from(symmetricEigen(new Float64Array([1, 0, 0, 3]), 2, 'conv1').values)).toEqual([
    3, 1,
  ]);
  expect(Array.from(symmetricEigen(new Float64Array(9), 3, 'conv1').values)).toEqual([0, 0, 0]);
  const ones = new Float64Array(16).fill(1);
  const { values } = symmetricEigen(ones, 4, 'conv1');
  expect(values[0]).toBeCloseTo(4, 13);
  for (const value of values.subarray(1)) expect(Math.abs(value)).toBeLessThan(1e-14);
});

test('products of any sizes', () => {
  const a = Float64Array.from({ length: 5 * 700 }, normals(1));
  const b = Float64Array.from({ length: 3 * 700 }, normals(2));
  const result = plainProduct(a, b, 5, 3) as Float64Array;
  for (let i = 0; i < 5; i++)
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < 700; k++) sum += a[i * 700 + k]! * b[j * 700 + k]!;
      expect(result[i * 3 + j]!).toBeCloseTo(sum, 10);
    }
});

describe('where there are no finite eigenvalues', () => {
  const identity = (n: number): Float64Array =>
    Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));

  test.each([
    ['NaN on the diagonal', 3, 0, NaN],
    ['NaN beside it', 3, 1, NaN],
    ['an infinite variance', 4, 0, Infinity],
    ['an infinite covariance', 4, 2, Infinity],
    ['of one input', 1, 0, NaN],
  ])('%s, of %d inputs', (_name, n, at, value) => {
    const matrix = identity(n);
    matrix[at] = value;
    matrix[at * n] = value;
    expect(() => symmetricEigen(matrix, n, 'conv1')).toThrow(
      expect.objectContaining({
        code: 'not-finite',
        subject: { layer: 'conv1' },
        message: expect.stringContaining(
          `layer "conv1": the eigenvalues of the covariance of its inputs, ${n} x ${n}, did not converge`,
        ) as string,
      }) as Error,
    );
  });

  test('squares that overflow', () => {
    const huge = covariance(3, 9, 1).map((value) => value * 1e200);
    expect(() => symmetricEigen(huge, 3, 'conv1')).toThrow('did not converge');
  });
});
