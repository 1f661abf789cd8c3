export type { CaseGroup, ConformanceCase } from './conformance-case.js';
export { Disagreement } from './disagreement.js';
export { primitiveCases } from './primitives/conformance-cases.js';
