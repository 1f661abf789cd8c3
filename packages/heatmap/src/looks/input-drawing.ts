import type { Tensor } from '@patternlens/core';
import { geometryOf, type Layout } from '../maps/geometry.js';
import { isVolume, volumeSlices, type AxisWords } from '../maps/volume-slices.js';
import { inputToRgb, rangeOfInput, type Preprocessing } from '../pictures/input-to-rgb.js';
import { pictureDrawing, type Drawing } from './drawing.js';
import { slicesDrawing } from './slices-drawing.js';

/** The model's input for one sample, in the layout of the map beside it. */
export interface ShownInput {
  readonly values: Tensor;
  readonly preprocessing?: Preprocessing | undefined;
}

/** From this many points on one signal is a line, below it a table's row of fields. */
const LINE_FROM = 32;

/** An input ready to be painted. */
export function inputDrawing(
  { values, preprocessing }: ShownInput,
  layout: Layout,
  axes?: AxisWords,
): Drawing {
  if (isVolume(values, layout, axes)) return volumeDrawing({ values, preprocessing }, layout);
  const geometry = geometryOf(values, layout);
  const { strip, width, height } = geometry;
  return pictureDrawing(geometry, inputToRgb(values, layout, preprocessing), {
    kind: 'input',
    ...(strip && height === 1 && width >= LINE_FROM ? { line: values.data } : {}),
  });
}

/** The slices of a volume, black and white for the same values in all of them. */
function volumeDrawing({ values, preprocessing }: ShownInput, layout: Layout): Drawing {
  const range = rangeOfInput(values);
  return slicesDrawing(
    volumeSlices(values, layout).map((slice) =>
      pictureDrawing(geometryOf(slice, layout), inputToRgb(slice, layout, preprocessing, range), {
        kind: 'input',
      }),
    ),
  );
}
