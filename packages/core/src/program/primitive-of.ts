import type { Operation } from './operation.js';
import type { OperandCount, Primitive } from './primitives/primitive.js';
import { primitives } from './primitives/primitives.js';

/** A record whose functions take an operation of its kind for their attributes, and its operands. */
export interface PrimitiveOfOperation extends Omit<Primitive<Operation, 'any'>, 'operands'> {
  readonly operands: OperandCount;
}

/** The record of an operation's kind. */
export function primitiveOf({ kind }: Operation): PrimitiveOfOperation {
  return primitives[kind] as unknown as PrimitiveOfOperation;
}
