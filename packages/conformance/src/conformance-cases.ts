import type { ConformanceCase } from './conformance-case.js';
import { primitiveCases } from './primitives/primitive-conformance.js';

/** Everything that a right backend does: primitives, rules on every linear layer, methods on small networks, fitted patterns, and what holds always. */
export const conformanceCases: readonly ConformanceCase[] = [...primitiveCases];
