export const product = (sizes: readonly number[]): number =>
  sizes.reduce((total, size) => total * size, 1);

/** Row-major strides. */
export const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => product(shape.slice(axis + 1)));
