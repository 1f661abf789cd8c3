import type { Shape } from '../tensor/shape.js';
import type { Operation } from './operation.js';

/** One line of a program: the value with this instruction's index in the list. */
export interface Instruction {
  readonly operation: Operation;
  /** Indices of the instructions whose values are read; all of them come earlier. */
  readonly operands: readonly number[];
  readonly shape: Shape;
  /** The layer that the line was traced from. */
  readonly layer?: string;
}

export interface ProgramPort {
  readonly name: string;
  /** Index of the instruction. */
  readonly value: number;
}

/** Primitive operations in static single assignment form: what a backend runs. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly inputs: readonly ProgramPort[];
  readonly outputs: readonly ProgramPort[];
  /** A listing with shapes and the layer that each line came from. */
  toString(): string;
}
