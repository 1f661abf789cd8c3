import { tensor, type Tensor } from '@patternlens/core';
import { normals, uniforms } from '@patternlens/core/tensor';

/** Random tensors and choices by seed. */
export interface Random {
  readonly uniform: () => number;
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly normal: (shape: readonly number[]) => Tensor;
  /** Small whole numbers, so that sums are exactly zero now and then. */
  readonly small: (shape: readonly number[]) => Tensor;
}

export function random(seed: number): Random {
  const uniform = uniforms(seed);
  const draw = normals(seed + 1);
  const whole = (low: number, high: number): number =>
    low + Math.floor(uniform() * (high - low + 1));
  const size = (shape: readonly number[]): number => shape.reduce((total, dim) => total * dim, 1);
  return {
    uniform,
    whole,
    pick: (choices) => choices[whole(0, choices.length - 1)]!,
    normal: (shape) => tensor(Float64Array.from({ length: size(shape) }, draw), shape),
    small: (shape) =>
      tensor(
        Float64Array.from({ length: size(shape) }, () => whole(-2, 2)),
        shape,
      ),
  };
}
