import { type Tensor } from '@patternlens/core';
import { normals, uniforms } from '@patternlens/core/tensor';
import { argumentError } from '../errors/data-error.js';
import { resolveToyModel, type PlaneVector, type ToyModel } from './toy-model.js';

/** Samples of a toy model with everything that they were made of; tensors are float32, [N, 2]. */
export interface ToySamples {
  /** y, [N]: what a network is to tell. */
  readonly target: Float64Array;
  /** signal + distractor + noise, exactly: all lie on a grid of 2^-16. */
  readonly input: Tensor;
  readonly signal: Tensor;
  readonly distractor: Tensor;
  readonly noise: Tensor;
}

export interface ToySamplesOptions {
  /** A whole number below 2^32; 7 where not given. */
  readonly seed?: number;
  /** 10000 where not given. */
  readonly count?: number;
}

const GRID = 2 ** 16;
// Adding 0 turns -0 into 0, so that equal values have equal bytes.
const onGrid = (value: number): number => Math.round(value * GRID) / GRID + 0;

/** Samples of a toy model: the same, bit for bit, on every engine. Each component has random numbers of its own.
 * @throws PatternLensError `invalid-argument`. */
export function toySamples(
  model: ToyModel,
  { seed = 7, count = 10_000 }: ToySamplesOptions = {},
): ToySamples {
  const { signal, distractor, mean, deviation, noise } = resolveToyModel(model);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw argumentError('toy model', 'a seed of 0 to 2^32 - 1', String(seed));
  if (!Number.isInteger(count) || count < 1)
    throw argumentError('toy model', 'a whole number of samples of at least 1', String(count));

  const uniform = uniforms(seed);
  // Parts of one stream would follow from each other; seeds drawn from it do not.
  const nextSeed = (): number => Math.floor(uniform() * 2 ** 32);
  const draw = {
    target: uniforms(nextSeed()),
    strength: normals(nextSeed()),
    noise: normals(nextSeed()),
  };
  const target = Float64Array.from({ length: count }, () => onGrid(2 * draw.target() - 1));
  const strengths = Float64Array.from({ length: count }, () => mean + deviation * draw.strength());
  const along = (strength: Float64Array, direction: PlaneVector): Float32Array =>
    Float32Array.from({ length: 2 * count }, (_, at) =>
      onGrid(strength[at >> 1]! * direction[at % 2 === 0 ? 0 : 1]),
    );
  const parts = {
    signal: along(target, signal),
    distractor: along(strengths, distractor),
    noise: Float32Array.from({ length: 2 * count }, () => onGrid(noise * draw.noise())),
  };
  const rows = (data: Float32Array): Tensor => ({ data, shape: [count, 2] });
  return {
    target,
    input: rows(parts.signal.map((value, at) => value + parts.distractor[at]! + parts.noise[at]!)),
    signal: rows(parts.signal),
    distractor: rows(parts.distractor),
    noise: rows(parts.noise),
  };
}
