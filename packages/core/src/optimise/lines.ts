import type { Operation } from '../program/operation.js';
import type { Value } from '../program/program-builder.js';
import type { Instruction } from '../program/program.js';
import type { Sign } from '../program/sign.js';
import type { Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** The lines of a program that is written anew, as simplifications see them. */
export interface Lines {
  /** The value of an operation, in the simplest form known. */
  readonly write: (operation: Operation, ...operands: readonly Value[]) => Value;
  readonly scalar: (value: number) => Value;
  /** One number everywhere. */
  readonly filled: (value: number, shape: Shape) => Value;
  readonly line: (value: Value) => Instruction;
  readonly operand: (value: Value, index: number) => Value;
  readonly sign: (value: Value) => Sign;
  readonly isZero: (value: Value) => boolean;
  readonly constant: (value: Value) => Tensor | undefined;
  /** The number that a value holds everywhere, where that is known. */
  readonly fill: (value: Value) => number | undefined;
  /** The value of the same operation, where it was written before. */
  readonly find: (operation: Operation, ...operands: readonly Value[]) => Value | undefined;
}
