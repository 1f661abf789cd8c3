import { broadcastPlaces } from './elementwise.js';
import { size, zeros, type Kernel, type Value } from './kernel.js';
import { addMatrixProduct } from './matrix.js';

/** For every matrix of the result, which matrix of an operand it reads. */
function matrices(operand: Value, leading: readonly number[]): (at: number) => number {
  const places = broadcastPlaces(
    { data: operand.data, shape: operand.shape.slice(0, -2) },
    leading,
  );
  return places ? (at) => places[at]! : (at) => at;
}

export const matmul: Kernel<'matmul'> = (_operation, [a, b], shape) => {
  const result = zeros(shape);
  const leading = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const inner = a!.shape.at(-1)!;
  const left = matrices(a!, leading),
    right = matrices(b!, leading);
  for (let matrix = 0; matrix < size(leading); matrix++) {
    addMatrixProduct(
      a!.data.subarray(left(matrix) * rows * inner),
      b!.data.subarray(right(matrix) * inner * columns),
      result.data.subarray(matrix * rows * columns),
      rows,
      inner,
      columns,
    );
  }
  return result;
};
