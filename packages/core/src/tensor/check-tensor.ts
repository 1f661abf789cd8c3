import { described, isPromise } from '../arguments/described.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { product } from './shape.js';
import type { Tensor } from './tensor.js';

/** The name of a typed array's type; instances of another realm have it too. */
const typeOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

function invalid(what: string, message: string): never {
  throw new PatternLensError('core', 'invalid-argument', `${what}: ${message}`);
}

/** Checks that what was handed in is a tensor, whatever its type says.
 * @throws PatternLensError `invalid-argument` naming the thing. */
export function checkTensor(what: string, value: Tensor): void {
  if (Object(value) !== value || isPromise(value) || !('data' in value))
    invalid(
      what,
      `expected a tensor, got ${described(value)}. ${isPromise(value) ? 'Write await in front of what makes it.' : 'Write tensor(values, shape).'}`,
    );
  const { data, shape } = value as Partial<Tensor>;
  const type = typeOf(data);
  if (type !== 'Float32Array' && type !== 'Float64Array')
    invalid(
      what,
      `expected data in a Float32Array or Float64Array, got ${type}. Write tensor(Float32Array.from(data), shape).`,
    );
  if (!Array.isArray(shape) || !shape.every((size) => Number.isInteger(size)))
    invalid(what, 'expected a shape of whole numbers beside its data.');
  if (data!.length !== product(shape))
    invalid(
      what,
      `its shape [${shape.join(', ')}] takes ${product(shape)} values, its data hold ${data!.length}.`,
    );
}
