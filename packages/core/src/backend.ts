// Programs and their operations: for backends, and for all who write programs anew.
export type { Executable } from './backend/backend.js';
export { batchOf } from './backend/batch-of.js';
export { optimise } from './optimise/optimise.js';
export { signsOf } from './optimise/signs-of.js';
export { dropDeadLines } from './program/drop-dead-lines.js';
export { evaluateOperation } from './program/evaluate-operation.js';
export type {
  BinaryKind,
  Operation,
  OperationKind,
  OperationOf,
  UnaryKind,
} from './program/operation.js';
export type { Relation } from './program/primitives/compare.js';
export { ProgramBuilder, type Value } from './program/program-builder.js';
export type { Program, ProgramPort, Instruction } from './program/program.js';
export type { Sign } from './program/sign.js';
export {
  type ConvAttributes,
  type PoolAttributes,
  type WindowAttributes,
  windowOutput,
} from './program/window.js';
export { type DoubleProduct, plainProduct } from './tensor/double-product.js';
