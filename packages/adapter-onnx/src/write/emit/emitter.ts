import type { Instruction, OperationKind, OperationOf, Shape, Tensor } from '@patternlens/core';
import type { GraphBuilder } from '../graph-builder.js';

/** A value of the program in the graph that is being written: as floats, as booleans where it is a mask, or both. */
export interface Emitted {
  readonly shape: Shape;
  /** The number it was in the program. */
  readonly id: number;
  /** Present where the program knows the numbers. */
  readonly constant?: Tensor | undefined;
  /** The name of the value as floats, which a mask is cast to when it is first asked for. */
  readonly floats: () => string;
  /** The name of a mask as booleans. */
  readonly booleans: () => string;
}

/** What an emitter sees of the program around its line. */
export interface EmitScope {
  readonly graph: GraphBuilder;
  readonly line: Instruction;
  readonly operands: readonly Emitted[];
  /** The emitted value of another line, which came earlier. */
  readonly emitted: (id: number) => Emitted;
  readonly lineOf: (id: number) => Instruction;
  /** The batch size as a list of one whole number. */
  readonly batch: () => string;
}

/** A shape for operators that take one: whole numbers, the batch computed. */
export type Emitter<K extends OperationKind> = (operation: OperationOf<K>, scope: EmitScope) => EmittedOutput;

/** The name of an emitted value, as floats or as booleans. */
export type EmittedOutput = string | { readonly booleans: string };
