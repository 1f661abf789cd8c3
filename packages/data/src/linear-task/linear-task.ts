import { type Tensor } from '@patternlens/core';
import { normals, uniforms } from '@patternlens/core/tensor';
import { argumentError } from '../errors/data-error.js';
import { randomRotation } from './random-rotation.js';

/** What the linear task may be asked for. */
export interface LinearTaskOptions {
  /** A whole number below 2^32; 7 where not given. */
  readonly seed?: number;
  /** 1000 where not given; the components are scaled over all samples, so that another count gives other samples. */
  readonly count?: number;
  /** Share of the signal, 0 to 1: 0.08 where not given. Distractor and noise have half of the rest each. */
  readonly signal?: number;
}

/** Two classes of 8x8 images that a linear classifier can tell apart, with a distractor that overlaps the signal and a
 * block of pixels that tells nothing of the class but helps to cancel it: the textbook suppressor (Wilming et al. 2022). */
export interface LinearTask {
  /** 0 or 1, drawn at random. */
  readonly labels: Uint8Array;
  /** signal + distractor + noise, exactly, [N, 64]. */
  readonly input: Tensor;
  /** The block at the upper left, less the block at the lower left; its sign is the class, [N, 64]. */
  readonly signal: Tensor;
  /** The block at the upper left, less the block at the upper right, of random strength, [N, 64]. */
  readonly distractor: Tensor;
  /** Correlated normal noise, [N, 64]. */
  readonly noise: Tensor;
  /** 1 where the signal is, [8, 8]; 0 everywhere without signal. */
  readonly mask: Tensor;
}

const SIDE = 8;
const PIXELS = SIDE * SIDE;
const BLOCK = [
  [0, 0.5, 0.5, 0],
  [0.5, 1, 1, 0.5],
  [0.5, 1, 1, 0.5],
  [0, 0.5, 0.5, 0],
];

/** Components are multiples of this and their sum is at most 1, so that adding never rounds a float32. */
const GRID = 2 ** 23;

/** An image of the block at the upper left and the block's negative elsewhere. */
function blocks(top: number, left: number): readonly number[] {
  const image = new Array<number>(PIXELS).fill(0);
  for (const [row, values] of BLOCK.entries()) {
    for (const [column, value] of values.entries()) {
      image[row * SIDE + column]! += value;
      image[(top + row) * SIDE + left + column]! -= value;
    }
  }
  return image;
}

const SIGNAL = blocks(4, 0);
const DISTRACTOR = blocks(0, 4);

/** The 8x8 linear task, the same bit for bit on every engine.
 * @throws PatternLensError `invalid-argument`. */
export function linearTask(options: LinearTaskOptions = {}): LinearTask {
  const { seed = 7, count = 1000, signal: share = 0.08 } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw argumentError('linear task', 'a seed of 0 to 2^32 - 1', String(seed));
  if (!Number.isInteger(count) || count < 1 || count > 2 ** 20)
    throw argumentError('linear task', `1 to ${2 ** 20} samples`, String(count));
  if (!(share >= 0 && share <= 1))
    throw argumentError('linear task', 'a share of the signal of 0 to 1', String(share));

  const uniform = uniforms(seed);
  // Parts of one stream would follow from each other; three seeds drawn from the first do not.
  const nextSeed = (): number => Math.floor(uniform() * 2 ** 32);
  const draw = {
    labels: uniforms(nextSeed()),
    strength: normals(nextSeed()),
    noise: normals(nextSeed()),
  };
  const labels = Uint8Array.from({ length: count }, () => (draw.labels() < 0.5 ? 0 : 1));
  const strengths = Float64Array.from({ length: count }, draw.strength);

  const signal = tensorOf(share, outer(Float64Array.from(labels, sign), SIGNAL));
  const distractor = tensorOf((1 - share) / 2, outer(strengths, DISTRACTOR));
  const noise = tensorOf((1 - share) / 2, correlated(draw.noise, uniforms(nextSeed()), count));
  const input = new Float32Array(count * PIXELS);
  for (let at = 0; at < input.length; at++)
    input[at] = signal.data[at]! + distractor.data[at]! + noise.data[at]!;
  return {
    labels,
    input: { data: input, shape: [count, PIXELS] },
    signal,
    distractor,
    noise,
    mask: {
      data: Float32Array.from(SIGNAL, (value) => (value === 0 || share === 0 ? 0 : 1)),
      shape: [SIDE, SIDE],
    },
  };
}

const sign = (label: number): number => 2 * label - 1;

function outer(strengths: Float64Array, image: readonly number[]): Float64Array {
  return Float64Array.from(
    { length: strengths.length * PIXELS },
    (_, at) => strengths[Math.floor(at / PIXELS)]! * image[at % PIXELS]!,
  );
}

/** Normal noise whose covariance has random directions and variances, the least 1 % of the largest. */
function correlated(normal: () => number, uniform: () => number, count: number): Float64Array {
  const axes = randomRotation(normal, PIXELS);
  const drawn = Array.from({ length: PIXELS }, uniform);
  const floor = 0.01 * Math.max(...drawn);
  const deviations = drawn.map((variance) => Math.sqrt(variance + floor));
  const noise = new Float64Array(count * PIXELS);
  for (let sample = 0; sample < count; sample++) {
    for (const [along, axis] of axes.entries()) {
      const strength = deviations[along]! * normal();
      for (let at = 0; at < PIXELS; at++) noise[sample * PIXELS + at]! += strength * axis[at]!;
    }
  }
  return noise;
}

/** Scaled so that the root of the sum of squares over all samples is the share, on the grid. */
function tensorOf(share: number, values: Float64Array): Tensor {
  let squares = 0;
  for (const value of values) squares += value * value;
  const factor = squares === 0 ? 0 : share / Math.sqrt(squares);
  return {
    data: Float32Array.from(values, (value) => Math.round(value * factor * GRID) / GRID + 0),
    shape: [values.length / PIXELS, PIXELS],
  };
}
