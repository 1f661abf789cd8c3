/** @jest-environment ./src/testing/ort-environment.js */
import { plainProduct } from '@patternlens/core/backend';
import { normals } from '@patternlens/core/tensor';
import * as ort from 'onnxruntime-node';
import { doubleProducts } from './double-products.js';

test.each([
  [3, 5, 7],
  [64, 33, 129],
  [147, 147, 512],
])('a product of [%i, n] and [%i, n] in float64, n = %i', async (p, q, n) => {
  await using products = await doubleProducts({ ort });
  const a = Float64Array.from({ length: p * n }, normals(1)),
    b = Float64Array.from({ length: q * n }, normals(2));
  const expected = await plainProduct(a, b, p, q);
  const found = await products.product(a, b, p, q);
  expect(found).toHaveLength(p * q);
  for (const [at, value] of found.entries())
    expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-12 * n);
});
