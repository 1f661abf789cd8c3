import type { Tensor } from '@patternlens/core';
import { product } from './sizes.js';

/** Numbers known when a program is compiled, or a way to them from those of the program: they are made when they are first uploaded. */
export interface Constant {
  /** The program's own numbers: the same object wherever they are shared. */
  readonly root: object;
  /** How these were made from the root. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly read: () => Tensor;
}

export function constantOf(value: Tensor): Constant {
  return { root: value.data, key: value.shape.join(), shape: value.shape, read: () => value };
}

/** A constant made from another one; `key` says how. */
export function derived(
  from: Constant,
  key: string,
  shape: readonly number[],
  make: (value: Tensor) => Tensor,
): Constant {
  return {
    root: from.root,
    key: `${from.key}|${key}>${shape.join()}`,
    shape,
    read: () => make(from.read()),
  };
}

const GENERATED = {};

/** A constant that no program holds; `key` names its numbers. */
export function generated(
  key: string,
  shape: readonly number[],
  make: (at: number) => number,
): Constant {
  const read = (): Tensor => ({
    data: Float64Array.from({ length: product(shape) }, (_, at) => make(at)),
    shape,
  });
  return { root: GENERATED, key: `${key}>${shape.join()}`, shape, read };
}
