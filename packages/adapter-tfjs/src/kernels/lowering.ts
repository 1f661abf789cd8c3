import type { OperationKind, OperationOf } from '@patternlens/core/backend';
import type { Held } from '../layout/held.js';
import type { TapeWriter } from '../tape/tape-writer.js';
import type { Traits } from './traits.js';

export interface Context {
  readonly tape: TapeWriter;
  readonly traits: Traits;
}

/** Writes one operation of a program as calls of kernels: from its operands to its value, of the given logical shape. */
export type Lowering<K extends OperationKind> = (
  context: Context,
  operation: OperationOf<K>,
  operands: readonly Held[],
  shape: readonly number[],
) => Held;
