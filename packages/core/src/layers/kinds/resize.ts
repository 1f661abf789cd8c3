import type { Tensor } from '../../tensor/tensor.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { type Range, spanOf } from '../reach/box.js';
import { replaceRanges } from '../reach/reach.js';
import { alongAxis } from './along-axis.js';

/** One matrix `[out, in]` for each resized axis. */
export interface ResizeAttributes {
  readonly axes: readonly { readonly axis: number; readonly matrix: Tensor }[];
}

function nonZeroColumns(
  matrix: ArrayLike<number>,
  rows: Range,
  columns: number,
): Range | undefined {
  function* read(): Generator<number> {
    for (let row = rows.from; row < rows.to; row++)
      for (let column = 0; column < columns; column++)
        if (matrix[row * columns + column] !== 0) yield column;
  }
  return spanOf(read(), columns);
}

/** Interpolates along some axes, by their matrices. */
export const resize: LayerDefinition<ResizeAttributes> = {
  group: 'other',
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) =>
    attributes.axes.reduce(
      (x, { axis, matrix }) => alongAxis(ops, x, axis, ops.constant(matrix)),
      inputs[0]!,
    ),
  gradient: ({ attributes }, { ops }, _output, r) => [
    attributes.axes.reduceRight(
      (value, { axis, matrix }) =>
        alongAxis(ops, value, axis, ops.transpose(ops.constant(matrix), [1, 0])),
      r,
    ),
  ],
  reach: ({ attributes: { axes } }, box) =>
    replaceRanges(
      box,
      Object.fromEntries(
        axes.map(({ axis, matrix }) => [
          axis,
          nonZeroColumns(matrix.data, box[axis]!, matrix.shape[1]!),
        ]),
      ),
    ),
  expectedMagnitude: passedMagnitude,
};
