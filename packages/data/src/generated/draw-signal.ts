import { GENERATOR } from './generator.js';

const [, HEIGHT, WIDTH] = GENERATOR.shape;
const PLANE = HEIGHT * WIDTH;

/** Three cells by three, row by row; each cell is two pixels by two. */
const GLYPHS = ['010111010', '111100111', '101010101', '110110011'];
const CELL = 2;
const GLYPH = 3 * CELL;

/** Red, green and blue of each class. */
const COLOURS = [
  [1, 0.2, -0.4],
  [-0.4, 1, 0.2],
  [0.2, -0.4, 1],
  [0.8, 0.8, -0.6],
];

/** The signal before scaling: a glyph in its class's colour, [3, 16, 16], and its pixels. */
export interface DrawnSignal {
  readonly label: number;
  readonly values: Float64Array;
  /** 1 on the glyph, [16, 16]. */
  readonly mask: Float32Array;
}

/** The class of a sample, and where and how strongly its glyph stands, from uniform numbers. */
export function drawSignal(uniform: () => number): DrawnSignal {
  const label = Math.floor(uniform() * GLYPHS.length);
  const top = Math.floor(uniform() * (HEIGHT - GLYPH + 1));
  const left = Math.floor(uniform() * (WIDTH - GLYPH + 1));
  const amplitude = 0.6 + 0.8 * uniform();
  const values = new Float64Array(3 * PLANE);
  const mask = new Float32Array(PLANE);
  for (let y = 0; y < GLYPH; y++) {
    for (let x = 0; x < GLYPH; x++) {
      const cell = 3 * Math.floor(y / CELL) + Math.floor(x / CELL);
      if (GLYPHS[label]![cell] !== '1') continue;
      const at = (top + y) * WIDTH + left + x;
      mask[at] = 1;
      for (let channel = 0; channel < 3; channel++)
        values[channel * PLANE + at] = amplitude * COLOURS[label]![channel]!;
    }
  }
  return { label, values, mask };
}
