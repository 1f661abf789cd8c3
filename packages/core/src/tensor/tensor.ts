import { PatternLensError } from '../errors/patternlens-error.js';
import { product } from './shape.js';

/** The numbers of a tensor, in row-major order. */
export type TensorData = Float32Array | Float64Array;

/** Numbers in row-major order with their shape; what goes into and comes out of every backend. */
export interface Tensor {
  /** As many numbers as the sizes of `shape` multiply to. */
  readonly data: TensorData;
  /** The size of each axis; of inputs and outputs of a network, axis 0 is the batch. */
  readonly shape: readonly number[];
}

/** A tensor over the given data.
 * @param data Typed arrays are kept, not copied; a list becomes float64.
 * @throws PatternLensError `invalid-shape` where the data does not fill the shape. */
export function tensor(data: TensorData | readonly number[], shape: readonly number[]): Tensor {
  const values =
    data instanceof Float32Array || data instanceof Float64Array ? data : Float64Array.from(data);
  if (values.length !== product(shape)) {
    throw new PatternLensError(
      'core',
      'invalid-shape',
      `A tensor of shape [${shape.join(', ')}] holds ${product(shape)} values, got ${values.length}.`,
    );
  }
  return { data: values, shape };
}

/** A float64 tensor of one repeated value. */
export function filled(shape: readonly number[], value: number): Tensor {
  return { data: new Float64Array(product(shape)).fill(value), shape };
}
