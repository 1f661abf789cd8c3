export type { CaseGroup, ConformanceCase } from './conformance-case.js';
export { conformanceCases } from './conformance-cases.js';
export { Disagreement } from './disagreement.js';
export { primitiveCases } from './primitives/primitive-conformance.js';
export type { CaseResult } from './run/case-result.js';
export { checkCase } from './run/check-case.js';
export { checkLacks, type Lack, type Lacks } from './run/lacks.js';
export { runConformance, type ConformanceOptions } from './run/run-conformance.js';
export type { LayerSample } from './layers/layer-sample.js';
export { linearSamples } from './layers/linear-samples.js';
export { ruleCases, type Replica, type RuleCasesOptions } from './rules/rule-cases.js';
export type { Matrix, RuleSample } from './rules/rule-sample.js';
export { ruleConformance } from './rules/rule-conformance.js';
export { methodCases } from './methods/method-cases.js';
export { fitCases } from './fit/fit-cases.js';
export { invariantCases } from './invariants/invariant-cases.js';
export {
  supportColumn,
  type ConformanceRun,
  type SupportCell,
  type SupportColumn,
} from './report/support-column.js';
export { supportReport } from './report/support-report.js';
