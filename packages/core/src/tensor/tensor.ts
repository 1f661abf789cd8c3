import { checkArgument } from '../arguments/check-argument.js';
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

const NUMBERS = {
  expected: 'numbers in an array or a typed array',
  accepts: (value: unknown): boolean =>
    Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value),
  required: true,
};

const SHAPE = {
  expected: 'a shape: an array of whole numbers',
  accepts: (value: unknown): boolean =>
    Array.isArray(value) && value.every((size) => Number.isInteger(size) && size >= 0),
  required: true,
  remedy: 'Write tensor(values, [1, values.length]) for one sample of a vector.',
};

/** A tensor over the given data.
 * @param data Typed arrays are kept, not copied; a list becomes float64.
 * @throws PatternLensError `invalid-shape` where the data does not fill the shape. */
export function tensor(data: TensorData | readonly number[], shape: readonly number[]): Tensor {
  checkArgument('core', 'tensor: data', data, NUMBERS);
  checkArgument('core', 'tensor: shape', shape, SHAPE);
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
