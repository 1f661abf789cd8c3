import { PatternLensError } from '@patternlens/core';
import { EVD, Matrix } from 'ml-matrix';

/** `S = E' diag(values) E`: values from the largest on, row k of `vectors` the direction of value k. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

function notConverged(layer: string, n: number, cause?: unknown): PatternLensError {
  return new PatternLensError(
    'evaluate',
    'not-finite',
    `quality: layer "${layer}": the eigenvalues of the covariance of its inputs, ${n} x ${n}, did not converge to finite numbers. Look for samples whose values are not finite or extremely large.`,
    { layer },
    cause,
  );
}

/** ml-matrix iterates until an eigenvalue has converged; what is not finite ends it early, with an error of its own or with values that are not finite. */
function decompose(matrix: Float64Array, n: number, layer: string): EVD {
  try {
    return new EVD(Matrix.from1DArray(n, n, matrix), { assumeSymmetric: true });
  } catch (error) {
    throw notConverged(layer, n, error);
  }
}

/** All eigenvalues and directions of a layer's covariance `[n, n]`, which is symmetric: by ml-matrix, which takes 0.9 times (n = 9) to 1.6 times (n = 363; 1.5 times at n = 1728)
 * as long as Householder reflections and QL steps on flat arrays did (`tools/scripts/benchmark-linear-algebra.js`).
 * @throws PatternLensError `not-finite` with the layer and the size, where they don't converge to finite numbers. */
export function symmetricEigen(matrix: Float64Array, n: number, layer: string): SymmetricEigen {
  const decomposition = decompose(matrix, n, layer);
  // From the smallest on, directions in columns.
  const values = Float64Array.from(decomposition.realEigenvalues).reverse();
  const vectors = new Float64Array(n * n);
  for (let input = 0; input < n; input++) {
    const row = decomposition.eigenvectorMatrix.getRow(input);
    for (let k = 0; k < n; k++) vectors[k * n + input] = row[n - 1 - k]!;
  }
  if (!values.every(Number.isFinite) || !vectors.every(Number.isFinite))
    throw notConverged(layer, n);
  return { values, vectors };
}
