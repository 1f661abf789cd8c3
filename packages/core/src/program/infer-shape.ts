import type { Shape } from '../tensor/shape.js';
import type { Operation } from './operation.js';
import { primitiveOf } from './primitive-of.js';

/** The shape of an operation's value.
 * @throws PatternLensError `invalid-shape` where operands or attributes do not fit. */
export function inferShape(operation: Operation, operands: readonly Shape[]): Shape {
  return primitiveOf(operation).shape(operands, operation, operation.kind);
}
