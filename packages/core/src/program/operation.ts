import type { AttributesOf } from './primitives/primitive.js';
import type { primitives } from './primitives/primitives.js';
import type { binary } from './primitives/binary.js';
import type { unary } from './primitives/unary.js';

type Primitives = typeof primitives;

/** A primitive's name in programs. Its record in `primitives/` defines what it computes. */
export type OperationKind = keyof Primitives;
export type UnaryKind = keyof typeof unary;
export type BinaryKind = keyof typeof binary;

/** The attributes of every primitive operation, by its name. */
export type OperationAttributes = {
  readonly [K in OperationKind]: AttributesOf<Primitives[K]>;
};

export type OperationOf<K extends OperationKind> = { readonly kind: K } & OperationAttributes[K];
export type Operation = { [K in OperationKind]: OperationOf<K> }[OperationKind];
