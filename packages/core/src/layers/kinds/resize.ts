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

/** What was found of a matrix: groups are asked for again and again. */
const picking = new WeakMap<Tensor, boolean>();

function picks(matrix: Tensor): boolean {
  const known = picking.get(matrix) ?? picksEntries(matrix);
  picking.set(matrix, known);
  return known;
}

/** Every entry is one of the input as it is, or 0: nothing is weighed. */
function picksEntries({ data, shape: [rows = 0, columns = 0] }: Tensor): boolean {
  for (let row = 0; row < rows; row++) {
    let read = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      if (data[at] === 0) continue;
      if (data[at] !== 1) return false;
      read++;
    }
    if (read > 1) return false;
  }
  return true;
}

/** Interpolates along some axes, by their matrices: a linear layer without weights of its own, or a layout where entries are only picked. */
export const resize: LayerDefinition<ResizeAttributes> = {
  group: ({ axes }) => (axes.every(({ matrix }) => picks(matrix)) ? 'layout' : 'average'),
  axisOrder: 'kept',
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

/** Any other fixed linear map along some axes: running sums, points of a grid that is known. */
export const alongAxes: LayerDefinition<ResizeAttributes> = {
  ...resize,
  title: () => 'linear map along axes',
};
