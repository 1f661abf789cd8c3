import { type Tensor } from '@patternlens/core';
import { normals, uniforms } from '@patternlens/core/tensor';
import { drawDistractor } from './draw-distractor.js';
import { drawSignal } from './draw-signal.js';
import { checkIndices, GENERATOR, resolveGenerator, type GeneratorOptions } from './generator.js';
import { partSeed, type Part } from './sample-stream.js';

const [, HEIGHT, WIDTH] = GENERATOR.shape;

/** One generated image with everything that it was made of; tensors are float32, [3, 16, 16]. */
export interface GeneratedSample {
  readonly index: number;
  /** Index into `GENERATOR.classes`. */
  readonly label: number;
  /** signal + distractor + noise, exactly: all are multiples of 2^-16, so no order of adding rounds. */
  readonly input: Tensor;
  readonly signal: Tensor;
  readonly distractor: Tensor;
  readonly noise: Tensor;
  /** 1 where a pixel depends on the class, [16, 16]: the glyph; every pixel with a label leak. Without signal it is 0. */
  readonly mask: Tensor;
}

/** Components lie on a grid of 2^-16 and stay below 2^8: their sums need no more than the 24 bits of a float32. */
const GRID = 2 ** 16;

function onGrid(values: Float64Array, scale: number): Float32Array {
  const rounded = new Float32Array(values.length);
  // Adding 0 turns -0 into 0, so that equal values have equal bytes.
  for (let at = 0; at < rounded.length; at++)
    rounded[at] = Math.round(values[at]! * scale * GRID) / GRID + 0;
  return rounded;
}

/** The sample of this index. It depends on the generator's version, the seed and the index alone, and comes out the same,
 * bit for bit, on every engine.
 * @throws PatternLensError `invalid-argument`. */
export function generateSample(index: number, options: GeneratorOptions = {}): GeneratedSample {
  const { seed, labelLeak, ...scales } = resolveGenerator(options);
  checkIndices(index, 1);
  const start = (part: Part): number => partSeed(GENERATOR.version, seed, index, part);
  const drawn = drawSignal(uniforms(start('signal')));
  const signal = onGrid(drawn.values, scales.signal);
  const distractor = onGrid(
    drawDistractor(normals(start('distractor')), labelLeak ? drawn.label : undefined),
    scales.distractor,
  );
  const white = Float64Array.from({ length: signal.length }, normals(start('noise')));
  const noise = onGrid(white, scales.noise);
  const input = signal.map((value, at) => value + distractor[at]! + noise[at]!);
  const leaks = labelLeak && scales.distractor > 0;
  const mask = drawn.mask.map((inside) => (leaks || (inside === 1 && scales.signal > 0) ? 1 : 0));
  const image = (data: Float32Array): Tensor => ({ data, shape: GENERATOR.shape });
  return {
    index,
    label: drawn.label,
    input: image(input),
    signal: image(signal),
    distractor: image(distractor),
    noise: image(noise),
    mask: { data: mask, shape: [HEIGHT, WIDTH] },
  };
}

/** The class of a sample, without making the rest of it. */
export function generatedLabel(index: number, seed: number): number {
  return drawSignal(uniforms(partSeed(GENERATOR.version, seed, index, 'signal'))).label;
}
