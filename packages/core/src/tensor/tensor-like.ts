import { described } from '../arguments/described.js';
import { messageOf, PatternLensError } from '../errors/patternlens-error.js';
import { fromHalf } from './from-half.js';
import type { Tensor, TensorData } from './tensor.js';

/** A tensor of TensorFlow.js, as far as it is read here. */
export interface TfjsTensorLike {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: () => Promise<unknown>;
}

/** A tensor of ONNX Runtime, as far as it is read here. */
export interface OrtTensorLike {
  readonly type: string;
  readonly dims: readonly number[];
  readonly getData: () => Promise<unknown>;
}

/** Numbers in arrays of arrays, whose lengths are the shape: `[[1, 2], [3, 4]]`. */
type NumberRows = readonly (readonly number[] | NumberRows)[];

/** Numbers with a shape, of whatever library: converted exactly, integers and booleans to the same numbers. */
export type TensorLike = Tensor | TfjsTensorLike | OrtTensorLike | NumberRows;

const isTfjs = (value: Partial<TfjsTensorLike>): value is TfjsTensorLike =>
  typeof value.dtype === 'string' && typeof value.data === 'function' && Array.isArray(value.shape);

const isOrt = (value: Partial<OrtTensorLike>): value is OrtTensorLike =>
  typeof value.type === 'string' &&
  Array.isArray(value.dims) &&
  typeof value.getData === 'function';

const isOwn = (value: Partial<Tensor>): boolean =>
  ArrayBuffer.isView(value.data) && 'shape' in value;

/** Whether something is one tensor, rather than a record of them. */
export const isTensorLike = (value: unknown): value is TensorLike =>
  Array.isArray(value) ||
  (Object(value) === value &&
    (isOwn(value as object) || isTfjs(value as object) || isOrt(value as object)));

function invalid(what: string, message: string): never {
  throw new PatternLensError('core', 'invalid-argument', `${what}: ${message}`);
}

/** Types of elements that are numbers, by the names of both libraries. */
const NUMBERS = /^(float(16|32|64)|u?int(8|16|32|64)|bool)$/;

const exactly = (what: string, value: bigint): number =>
  Number.isSafeInteger(Number(value))
    ? Number(value)
    : invalid(
        what,
        `${value} is beyond the integers that a float64 holds exactly. Use smaller ones.`,
      );

/** The numbers of a runtime's tensor as floats that hold them exactly. */
function floatsOf(what: string, type: string, data: unknown): TensorData {
  const tag = Object.prototype.toString.call(data).slice(8, -1);
  if (!NUMBERS.test(type))
    invalid(what, `its elements are of ${type}, which are no numbers here. Convert it to float32.`);
  switch (tag) {
    case 'Float32Array':
    case 'Float64Array':
      return data as TensorData;
    case 'Uint16Array':
      return Float32Array.from(data as Uint16Array, type === 'float16' ? fromHalf : Number);
    case 'Float16Array':
    case 'Uint8Array':
    case 'Uint8ClampedArray':
    case 'Int8Array':
    case 'Int16Array':
      return Float32Array.from(data as Uint8Array);
    case 'Int32Array':
    case 'Uint32Array':
      return Float64Array.from(data as Int32Array);
    case 'BigInt64Array':
    case 'BigUint64Array':
      return Float64Array.from(data as ArrayLike<bigint>, (value) => exactly(what, value));
    default:
      return invalid(what, `its data are ${described(data)}, not numbers. Convert it to float32.`);
  }
}

/** Reads what may lie on a device.
 * @throws PatternLensError `invalid-argument` where it can't be read, as where it was disposed of. */
async function fetched(what: string, read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (cause) {
    return invalid(
      what,
      `its numbers could not be read (${messageOf(cause)}). Hand in a tensor that was not disposed of.`,
    );
  }
}

function rowsShape(what: string, rows: NumberRows): number[] {
  const shape: number[] = [];
  for (let at: unknown = rows; Array.isArray(at); at = (at as unknown[])[0]) shape.push(at.length);
  if (shape.includes(0)) invalid(what, 'its arrays hold no numbers.');
  return shape;
}

/** Arrays of arrays as a tensor of float64. */
function fromRows(what: string, rows: NumberRows): Tensor {
  const shape = rowsShape(what, rows);
  const data: number[] = [];
  const take = (part: unknown, axis: number): void => {
    if (axis === shape.length) {
      if (typeof part !== 'number' && typeof part !== 'boolean')
        invalid(what, `expected numbers in its arrays, got ${described(part)}.`);
      data.push(Number(part));
      return;
    }
    if (!Array.isArray(part) || part.length !== shape[axis])
      invalid(
        what,
        `its arrays are not of equal lengths: along axis ${axis} expected ${shape[axis]!} entries, got ${described(part)}.`,
      );
    for (const entry of part as unknown[]) take(entry, axis + 1);
  };
  take(rows, 0);
  return { data: Float64Array.from(data), shape };
}

/** A tensor from a tensor of whatever library. What it holds on a device is read; tensors of PatternLens are returned as they are, not checked.
 * @param what The thing, for errors: `input "image"`.
 * @throws PatternLensError `invalid-argument` where it holds no numbers, or integers that no float64 holds exactly. */
export async function readTensor(
  what: string,
  given: TensorLike | null | undefined,
): Promise<Tensor> {
  // What is missing is named with the inputs that there are.
  if (given === undefined || given === null) return given as unknown as Tensor;
  if (Array.isArray(given)) return fromRows(what, given as NumberRows);
  if (isTfjs(given as object)) {
    const { dtype, shape, data } = given as TfjsTensorLike;
    return {
      data: floatsOf(what, dtype, await fetched(what, () => data.call(given))),
      shape: [...shape],
    };
  }
  if (isOrt(given as object)) {
    const { type, dims, getData } = given as OrtTensorLike;
    return {
      data: floatsOf(what, type, await fetched(what, () => getData.call(given))),
      shape: [...dims],
    };
  }
  if (isOwn(given as object)) return given as Tensor;
  return invalid(what, `expected a tensor, got ${described(given)}. Write tensor(values, shape).`);
}
