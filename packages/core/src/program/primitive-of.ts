import type { Operation } from './operation.js';
import type { Primitive } from './primitives/primitive.js';
import { primitives } from './primitives/primitives.js';

/** The record of an operation's kind. Its functions take that operation as their attributes, and its operands. */
export function primitiveOf({ kind }: Operation): Primitive<Operation, 'any'> {
  return primitives[kind] as unknown as Primitive<Operation, 'any'>;
}
