import { broadcastPlaces } from './elementwise.js';
import { size, zeros, type Kernel, type Value } from './kernel.js';

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
    const from = left(matrix) * rows * inner,
      by = right(matrix) * inner * columns;
    for (let row = 0; row < rows; row++) {
      const to = (matrix * rows + row) * columns;
      for (let k = 0; k < inner; k++) {
        const factor = a!.data[from + row * inner + k]!;
        for (let column = 0; column < columns; column++)
          result.data[to + column]! += factor * b!.data[by + k * columns + column]!;
      }
    }
  }
  return result;
};
