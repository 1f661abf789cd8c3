// Methods traced into programs, and what their ports mean: for those who run the programs themselves (conformance, benchmarks, measurements).
export { drive, type DrivenBatch, type DriveOptions } from './explain/drivers/drive.js';
export { finishRelevance, type FinishedRelevance } from './explain/drivers/finish-relevance.js';
export { reportMethod } from './explain/inspect/inspect-network.js';
export { targetInputs, type TargetInputs } from './explain/target.js';
export { exampleOf } from './methods/method-choice.js';
export type { Method } from './methods/method.js';
export { resolveMethod } from './methods/resolve-method.js';
export { forwardProgram } from './network/forward-program.js';
export { traceForward, type ForwardPass } from './network/trace-forward.js';
export { requiredParameters } from './parameters/resolve-parameters.js';
export { gateName, type GateMode } from './tracing/gates.js';
export { traceDriver, type TracedDriver } from './tracing/trace-driver.js';
export {
  explainedPart,
  valueName,
  type LayerRelevance,
  type RelevancePort,
  type TracedPorts,
} from './tracing/trace-method.js';
