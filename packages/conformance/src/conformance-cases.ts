import type { ConformanceCase } from './conformance-case.js';
import { fitCases } from './fit/fit-cases.js';
import { invariantCases } from './invariants/invariant-cases.js';
import { methodCases } from './methods/method-cases.js';
import { primitiveCases } from './primitives/primitive-conformance.js';
import { ruleConformance } from './rules/rule-conformance.js';

/** Everything that a correct backend does: primitives, rules on every linear layer, methods on small networks, fitted patterns, and what holds always. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...primitiveCases,
  ...ruleConformance,
  ...methodCases,
  ...fitCases,
  ...invariantCases,
];
