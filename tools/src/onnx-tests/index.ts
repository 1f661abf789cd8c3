// ONNX's own backend tests: read, made batch-first, run and differentiated.
export { checkCase, type Runners, type Verdict } from './check-case.js';
export {
  byKind,
  countWords,
  operatorsPage,
  type Judged,
  type KnownOperators,
} from './operators-page.js';
export { shortReason } from './reason-kind.js';
export { caseNames, isFloatCase, readCase, type ReadTensor } from './stored-case.js';
