import type { Shape, Tensor } from '@patternlens/core';
import type { Instruction, OperationKind, OperationOf } from '@patternlens/core/backend';
import type { GraphBuilder } from '../graph-builder.js';
import type { Phases } from './quarters.js';

/** Which operators a graph is made of. `plain` ones are quick on any runtime; `blocked` ones keep values in the blocked layout of ONNX Runtime's x64
 * kernels, which only convolutions, pools, sums, products and activations do. `shader` ones are plain but for the transposed convolutions that the
 * kernels of WebGPU lack (3-D) or get wrong (several outputs of a group). */
export type GraphStyle = 'plain' | 'blocked' | 'shader';

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
  /** The quarters of an image that has not been put together yet. */
  readonly phases?: Phases | undefined;
}

/** What an emitter sees of the program around its line. */
export interface EmitScope {
  readonly graph: GraphBuilder;
  readonly style: GraphStyle;
  readonly line: Instruction;
  readonly operands: readonly Emitted[];
  /** The emitted value of another line, which came earlier. */
  readonly emitted: (id: number) => Emitted;
  readonly lineOf: (id: number) => Instruction;
  /** No entry of a line's value is negative, as far as is known. */
  readonly isNotNegative: (id: number) => boolean;
  /** The batch size as a list of one whole number. */
  readonly batch: () => string;
}

export type Emitter<K extends OperationKind> = (
  operation: OperationOf<K>,
  scope: EmitScope,
) => EmittedOutput;

/** The name of an emitted value as floats; or a way to floats, for a value that is written when it is first read, if ever: a line after it may have a
 * shorter way than through it; or a way to booleans, with one to floats where that is cheaper than a cast; or the quarters of an image. */
export type EmittedOutput =
  | string
  | { readonly floats: () => string }
  | { readonly booleans: () => string; readonly floats?: () => string }
  | { readonly phases: Phases };
