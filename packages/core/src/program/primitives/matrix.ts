import type { TensorData } from '../../tensor/tensor.js';

/** `c[row] += sum over k of a(k) b[k]`, four rows of b at a time: they are added before the sum is stored. */
function addRows(
  c: TensorData,
  at: number,
  a: (k: number) => number,
  b: TensorData,
  inner: number,
  columns: number,
): void {
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    const a0 = a(k),
      a1 = a(k + 1),
      a2 = a(k + 2),
      a3 = a(k + 3);
    const b0 = k * columns,
      b1 = b0 + columns,
      b2 = b1 + columns,
      b3 = b2 + columns;
    for (let p = 0; p < columns; p++) {
      c[at + p]! += a0 * b[b0 + p]! + a1 * b[b1 + p]! + a2 * b[b2 + p]! + a3 * b[b3 + p]!;
    }
  }
  for (; k < inner; k++) {
    const factor = a(k);
    for (let p = 0; p < columns; p++) c[at + p]! += factor * b[k * columns + p]!;
  }
}

/** `c += a b` for `a [rows, inner]` and `b [inner, columns]`. */
export function addMatrixProduct(
  a: TensorData,
  b: TensorData,
  c: TensorData,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    addRows(c, row * columns, (k) => a[row * inner + k]!, b, inner, columns);
  }
}

/** `c += a' b` for `a [inner, rows]` and `b [inner, columns]`. */
export function addTransposedProduct(
  a: TensorData,
  b: TensorData,
  c: TensorData,
  inner: number,
  rows: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    addRows(c, row * columns, (k) => a[k * rows + row]!, b, inner, columns);
  }
}

/** `c += a b'` for `a [rows, inner]` and `b [columns, inner]`. */
export function addProductWithTransposed(
  a: TensorData,
  b: TensorData,
  c: TensorData,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[row * inner + k]! * b[column * inner + k]!;
      c[row * columns + column]! += sum;
    }
  }
}
