export type { CaseGroup, ConformanceCase } from './conformance-case.js';
export { conformanceCases } from './conformance-cases.js';
export { Disagreement } from './disagreement.js';
export { primitiveCases } from './primitives/primitive-conformance.js';
export type { CaseResult } from './run/case-result.js';
export { checkCase } from './run/check-case.js';
export { checkLacks, type Lack, type Lacks } from './run/lacks.js';
export { runConformance, type ConformanceOptions } from './run/run-conformance.js';
