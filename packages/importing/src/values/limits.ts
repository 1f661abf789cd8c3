import { type Shape } from '@patternlens/core';
import { isBatch } from '@patternlens/core/tensor';

/** Elements that one computed constant may have beyond what it is computed from: those of the largest weights. A file of a few bytes can claim any number. */
export const LARGEST_CONSTANT = 2 ** 26;

/** Entries that a list of places, or the border of an axis, may have. */
export const LONGEST_LIST = 2 ** 22;

/** Elements that all constants which a file has computed may have, and the times of those that it stores which come on top. */
export const ALL_CONSTANTS = 2 ** 27;
export const TIMES_STORED = 8;

/** Elements of the matrix that resizes an axis. */
export const LARGEST_MATRIX = 2 ** 26;

/** Elements of the matrix of a linear map that may join any two values: 4096 x 4096. */
export const LARGEST_MAP = 2 ** 24;

/** Elements that a value of one sample may have. */
export const LARGEST_VALUE = 2 ** 28;

/** Positions of a pooling window that can be counted one by one: 4096 x 4096. */
export const MOST_POSITIONS = 2 ** 24;

/** Whether all sizes are whole and above 0, and no sample is too large. */
export function isValueShape(shape: Shape): boolean {
  const sizes = shape.map((dim) => (isBatch(dim) ? dim.batch : dim));
  return (
    sizes.every((size) => Number.isSafeInteger(size) && size > 0) &&
    sizes.reduce((total, size) => total * size, 1) <= LARGEST_VALUE
  );
}
