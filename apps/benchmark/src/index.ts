export type { BackendFacts, BackendRunner, Prepared, RunTimes } from './engine/backend-runner.js';
export { floatsFromBase64, fromBase64, toBase64 } from './engine/base64.js';
export { describeNetwork, type BenchmarkJob } from './engine/benchmark-job.js';
export { failureOf, ReportedFailure } from './engine/failure.js';
export { clearFlips, gateFailure } from './engine/gate.js';
export { compareLayers } from './engine/compare-layers.js';
export { compareMethod } from './engine/compare-method.js';
export type { ComparedSample } from './engine/compared-sample.js';
export { ReferenceRuns } from './engine/reference-runs.js';
export { ratioOf, summarise } from './engine/summarise.js';
export { localRunner, type RunnerParts } from './engine/local-runner.js';
export { mergeReports } from './engine/merge-reports.js';
export type { TimingPlan } from './engine/plan-runs.js';
export {
  answerCall,
  remoteRunner,
  type RunnerAnswer,
  type RunnerCall,
} from './engine/remote-runner.js';
export {
  runBenchmark,
  type BenchmarkOptions,
  type BenchmarkProgress,
} from './engine/run-benchmark.js';
export { samplesOf } from './engine/sample-of.js';
export type {
  AgreementResult,
  BackendResult,
  BenchmarkReport,
  Distances,
  Failure,
  FitResult,
  HeatMap,
  HostCard,
  MethodAgreement,
  MethodResult,
  MethodTimes,
  NetworkResult,
  Picture,
  Timing,
  WorstSample,
} from './report/benchmark-report.js';
export { pageWithReport } from './page/page-with-report.js';
export type { ForwardPass, OpenedBackend } from '@patternlens/page';
