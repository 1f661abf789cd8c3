import { inversePermutation, permuteTensor } from '@patternlens/core/tensor';
import { isSameArrangement, logical, physicalShape, type Order } from './order.js';
import { product } from './sizes.js';

/** Numbers in logical order as they lie in memory under an order of axes: always a copy, in float32. */
export function laidOut(
  data: ArrayLike<number> & Iterable<number>,
  shape: readonly number[],
  order: Order,
): Float32Array {
  const plain = logical(shape.length);
  if (isSameArrangement(shape, order, plain)) return Float32Array.from(data);
  const [batch, channels, ...rest] = shape as [number, number, ...number[]];
  if (isSameArrangement(shape, order, [0, ...plain.slice(2), 1]))
    return turned(data, batch, channels, product(rest));
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  return Float32Array.from(permuteTensor({ data: values, shape }, order).data);
}

/** The way back. */
export function inLogicalOrder(
  data: Float32Array,
  shape: readonly number[],
  order: Order,
): Float32Array {
  const plain = logical(shape.length);
  if (isSameArrangement(shape, order, plain)) return Float32Array.from(data);
  const [batch, channels, ...rest] = shape as [number, number, ...number[]];
  if (isSameArrangement(shape, order, [0, ...plain.slice(2), 1]))
    return turned(data, batch, product(rest), channels);
  const physical = { data: Float32Array.from(data), shape: physicalShape(shape, order) };
  return permuteTensor(physical, inversePermutation(order)).data as Float32Array;
}

/** Matrices `[rows, columns]`, one behind the other, transposed. */
function turned(
  data: ArrayLike<number>,
  matrices: number,
  rows: number,
  columns: number,
): Float32Array {
  const result = new Float32Array(data.length);
  for (let matrix = 0; matrix < matrices; matrix++) {
    const start = matrix * rows * columns;
    for (let row = 0; row < rows; row++) {
      for (let column = 0, from = start + row * columns; column < columns; column++)
        result[start + column * rows + row] = data[from + column]!;
    }
  }
  return result;
}
