import type { Tensor } from '@patternlens/core';
import { geometryOf, type Layout } from '../maps/geometry.js';
import { inputToRgb, type Preprocessing } from '../pictures/input-to-rgb.js';
import { pictureDrawing, type Drawing } from './drawing.js';

/** The model's input for one sample, in the layout of the map beside it. */
export interface ShownInput {
  readonly values: Tensor;
  readonly preprocessing?: Preprocessing | undefined;
}

/** From this many points on one signal is a line, below it a table's row of fields. */
const LINE_FROM = 32;

/** An input ready to be painted. */
export function inputDrawing({ values, preprocessing }: ShownInput, layout: Layout): Drawing {
  const geometry = geometryOf(values, layout);
  const { strip, width, height } = geometry;
  return pictureDrawing(geometry, inputToRgb(values, layout, preprocessing), {
    kind: 'input',
    ...(strip && height === 1 && width >= LINE_FROM ? { line: values.data } : {}),
  });
}
