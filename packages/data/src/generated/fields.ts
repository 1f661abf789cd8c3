import { normals } from '@patternlens/core/tensor';
import { cosine } from './cosine.js';
import { GENERATOR } from './generator.js';

const [, HEIGHT, WIDTH] = GENERATOR.shape;

/** Pixel centres lie at x = (column + 1/2) / 16, so every angle is a multiple of pi / 32. */
const SHAPES: readonly ((row: number, column: number) => number)[] = [
  (_, column) => cosine(2 * column + 1),
  (row) => cosine(2 * row + 1),
  (row, column) => cosine(2 * (row + column + 1)),
  // sin(a) = cos(a - pi / 2), and pi / 2 is 16 steps.
  (row, column) => cosine(4 * column + 2 - 16) * cosine(4 * row + 2 - 16),
];

/** One smooth pattern of the distractor: cos(pi x), cos(pi y), cos(pi (x + y)) or sin(2 pi x) sin(2 pi y). */
export interface Field {
  /** [16, 16]. */
  readonly values: Float64Array;
  /** Red, green and blue, of length 1. */
  readonly colour: readonly number[];
}

function unitColour(draw: () => number): number[] {
  const colour = [draw(), draw(), draw()];
  const length = Math.sqrt(colour.reduce((sum, value) => sum + value * value, 0));
  return colour.map((value) => value / length);
}

/** The fields, which are the same in every sample of every seed: their colours were drawn once, for this version. */
export function distractorFields(): readonly Field[] {
  const draw = normals(GENERATOR.version);
  return SHAPES.map((shape) => ({
    values: Float64Array.from({ length: HEIGHT * WIDTH }, (_, at) =>
      shape(Math.floor(at / WIDTH), at % WIDTH),
    ),
    colour: unitColour(draw),
  }));
}
