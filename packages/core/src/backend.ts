// Programs and their operations: for backends, and for all who write programs anew.
export type { Executable } from './backend/backend.js';
export { batchOf } from './backend/batch-of.js';
export { optimise } from './optimise/optimise.js';
export type { Sign } from './optimise/sign.js';
export { signsOf } from './optimise/signs-of.js';
export { dropDeadLines } from './program/drop-dead-lines.js';
export type {
  BinaryKind,
  ConvAttributes,
  Operation,
  OperationKind,
  OperationOf,
  PoolAttributes,
  Relation,
  UnaryKind,
  WindowAttributes,
} from './program/operation.js';
export { ProgramBuilder, type Value } from './program/program-builder.js';
export type { Program, ProgramPort, Instruction } from './program/program.js';
export { windowOutput } from './program/window.js';
export { type DoubleProduct, plainProduct } from './quality/double-product.js';
