import type { Tensor } from '@patternlens/core';
import { limitShape } from '../known/limit-elements.js';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import type { RuntimeValue } from '../values/values.js';
import { along, sizeAlong } from './axes.js';
import { beside } from './parameters.js';

/** 1 where a row and a column of a matrix are kept. */
export function bandMask(
  place: Place,
  [rows, columns]: readonly [number, number],
  keeps: (row: number, column: number) => boolean,
): Tensor {
  const data = new Float64Array(limitShape(place, [rows, columns]));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (keeps(row, column)) data[row * columns + column] = 1;
  return { data, shape: [rows, columns] };
}

/** The rows and columns of the last two axes, which must not be the batch. */
function matrixSizes(place: Place, x: RuntimeValue): readonly [number, number] {
  const rank = x.shape.length;
  if (rank < 2) place.invalid(`its input has ${rank} axes; it takes parts of matrices.`);
  return [sizeAlong(place, x.shape, rank - 2), sizeAlong(place, x.shape, rank - 1)];
}

/** Matrices along the last two axes with zeros where rows and columns are not kept. */
export function keepBand(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  keeps: (row: number, column: number) => boolean,
): RuntimeValue {
  const tensor = bandMask(place, matrixSizes(place, x), keeps);
  const last = x.shape.length - 1;
  const { value } = along(context, place, x, [last - 1, last]);
  const parameters = {
    mask: beside(place, { tensor }, value),
    value: beside(place, { tensor: { data: Float64Array.of(0), shape: [] } }, value),
  };
  return context.layer(place, 'mask-constant', [value], {}, parameters, 'as-first');
}
