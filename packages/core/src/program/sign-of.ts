import type { Operation } from './operation.js';
import { primitiveOf } from './primitive-of.js';
import type { Sign } from './sign.js';

/** What is known of an operation's value from its operands' signs. */
export function signOf(operation: Operation, operands: readonly Sign[]): Sign {
  return primitiveOf(operation).sign(operands, operation);
}
