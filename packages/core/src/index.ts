export type { Backend } from './backend/backend.js';
export type { TensorRecord } from './tensor/tensor-record.js';
export type { ExplainProgress } from './explain/drivers/drive.js';
export { throwIfCancelled, type CancelSignal } from './errors/throw-if-cancelled.js';
export {
  PatternLensError,
  messageOf,
  type ErrorCode,
  type ErrorSubject,
  type RefusedLayer,
} from './errors/patternlens-error.js';
export {
  createExplainer,
  type Explainer,
  type ExplainerOptions,
  type ExplainOptions,
} from './explain/create-explainer.js';
export type { Explanation, Recipe } from './explain/explanation.js';
export type { ExplanationWarning, WarningCode } from './explain/warnings/explanation-warning.js';
export type { Remark } from './tracing/remark.js';
export type { NeuronTarget } from './explain/target.js';
export type { ChannelTarget, LayerTarget, Target } from './explain/target.js';
export type { ModelInput, TensorInput } from './tensor/tensor-record.js';
export type { SampleData, SampleSource } from './tensor/block-reader.js';
export { joinTensors, sliceSamples } from './tensor/join-samples.js';
export { fitPatterns, type FitOptions } from './fitting/fit-patterns.js';
export type { FitProgress } from './patterns/fitting/fit-progress.js';
export {
  inspectNetwork,
  type LayerRemark,
  type LayerReport,
  type MethodReport,
  type NetworkReport,
} from './explain/inspect/inspect-network.js';
export { chooseMethod, type ChosenMethod, type MethodChoice } from './methods/method-choice.js';
export type { MethodGroup, Start } from './methods/method.js';
export type { MethodParameters, ParameterValue } from './parameters/parameter-spec.js';
export { METHODS, type MethodId } from './methods/methods.js';
export type { MethodDefinition } from './methods/method-definition.js';
export type { ParameterSpec } from './parameters/parameter-spec.js';
export type { PluginName } from './parameters/parameter-types.js';
export { suggestion } from './errors/nearest-name.js';
export type { Network, NetworkInput } from './network/network.js';
export { mergePatterns } from './fitting/merge-patterns.js';
export type { Pattern, PatternSet } from './patterns/pattern-set.js';
export type { Shape } from './tensor/shape.js';
export { tensor, type Tensor, type TensorData } from './tensor/tensor.js';
export { traceMethod, type TracedMethod } from './tracing/trace-method.js';
export type { TraceOptions } from './tracing/trace-options.js';
export { bytesSource, type ByteSource } from './patterns/file/byte-source.js';
export { readPatterns, writePatterns } from './patterns/file/pattern-file.js';
export { checkMethod } from './explain/check-method.js';
export {
  resolveNetwork,
  type ResolvedNetwork,
  type ResolveOptions,
} from './plugins/resolve-network.js';
export type { CanonicalNetwork } from './canonizers/canonical-network.js';
export type { Plugin } from './plugins/plugin.js';
