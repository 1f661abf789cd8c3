export {
  strongestActivations,
  type Activation,
  type ChannelActivations,
  type StrongestOptions,
} from './neurons/strongest-activations.js';
export { batchOf } from './backend/batch-of.js';
export { checkFinite, firstNotFinite } from './tensor/check-finite.js';
export type { Backend, Executable } from './backend/backend.js';
export type { TensorRecord } from './tensor/tensor-record.js';
export type { Canonizer } from './canonizers/canonizer.js';
export { cutHead, headOf, type HeadKind } from './canonizers/cut-head.js';
export { dropIdentities } from './canonizers/drop-identities.js';
export { foldForward } from './canonizers/fold-forward.js';
export { foldNormalisation } from './canonizers/fold-normalisation.js';
export { keepExplained } from './canonizers/keep-explained.js';
export { mergePadding } from './canonizers/merge-padding.js';
export {
  anyLayer,
  kinds,
  named,
  readsInput,
  ruleFor,
  type Composite,
  type Matcher,
} from './composites/composite.js';
export {
  deepTaylor,
  epsilonAlpha2Beta1,
  epsilonAlpha2Beta1Flat,
  epsilonGamma,
  epsilonGammaBox,
  epsilonPlus,
  epsilonPlusFlat,
  lrpComposite,
  lrpPreset,
  type EpsilonOptions,
  type GammaPresetOptions,
  type InputKnowledge,
  type LrpPreset,
} from './composites/lrp-composites.js';
export type {
  Driver,
  DriverSample,
  DriverSetting,
  Family,
  FamilyResult,
  MemberResult,
} from './methods/drivers/driver.js';
export {
  drive,
  type DrivenBatch,
  type DriveOptions,
  type ExplainProgress,
} from './explain/drivers/drive.js';
export { finishRelevance, type FinishedRelevance } from './explain/drivers/finish-relevance.js';
export { isTracedDriver, traceDriver, type TracedDriver } from './tracing/trace-driver.js';
export { QUADRATURES, quadratureNodes, type Quadrature } from './methods/drivers/quadrature.js';
export { throwIfCancelled, type CancelSignal } from './errors/throw-if-cancelled.js';
export { firstLinear } from './network/first-linear.js';
export {
  PatternLensError,
  messageOf,
  type ErrorCode,
  type ErrorSubject,
} from './errors/patternlens-error.js';
export {
  ESTIMATOR_IDS,
  type Directions,
  type Estimator,
  type EstimatorId,
  type NeuronWeights,
} from './patterns/estimators/estimator.js';
export {
  estimatorOf,
  filterEstimator,
  identityEstimator,
  linearEstimator,
  randomEstimator,
  twoComponentEstimator,
  type TwoComponentOptions,
} from './patterns/estimators/estimators.js';
export {
  createExplainer,
  type Explainer,
  type ExplainerOptions,
  type ExplainOptions,
} from './explain/create-explainer.js';
export type { Explanation, Recipe } from './explain/explanation.js';
export type { NeuronTarget } from './explain/target.js';
export {
  targetInputs,
  type LayerTarget,
  type Target,
  type TargetInputs,
} from './explain/target.js';
export { asRecord, type TensorInput } from './tensor/tensor-record.js';
export { BLOCK, readBlocks, type SampleData, type SampleSource } from './tensor/block-reader.js';
export { joinTensors, sliceSamples } from './tensor/join-samples.js';
export {
  fitMoments,
  type FitCheckpoint,
  type FitMomentsOptions,
  type FittedMoments,
} from './patterns/fitting/fit-moments.js';
export { fitPatterns, type FitOptions } from './fitting/fit-patterns.js';
export type { FitProgress } from './patterns/fitting/fit-progress.js';
export { joinNeurons, memoryStore, type MomentsStore } from './patterns/fitting/moments-store.js';
export { momentsBytes, planPasses } from './patterns/fitting/plan-passes.js';
export {
  inspectNetwork,
  reportMethod,
  type LayerRemark,
  type LayerReport,
  type MethodReport,
  type NetworkReport,
} from './explain/inspect/inspect-network.js';
export type {
  ActivationAttributes,
  ActivationFunction,
} from './layers/kinds/activation-functions.js';
export {
  isFitted,
  isLinear,
  type FittedLayer,
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type LayerOf,
  type LinearLayer,
} from './layers/layer.js';
export { linearForward } from './layers/linear-operator.js';
export { kindOf } from './layers/definition-of.js';
export type { PointwiseFunction } from './layers/kinds/pointwise.js';
export type { LinearOperator } from './layers/kinds/linear/linear-definition.js';
export { multiplyAdds, neuronLayout } from './layers/linear-operator.js';
export {
  fromNeuronMajor,
  toNeuronMajor,
  weightsLayout,
  type WeightsLayout,
} from './layers/neuron-major.js';
export {
  fromFileLayout,
  permuteParameter,
  reshapeParameter,
  toFileLayout,
  type LayoutStep,
  type Origin,
  type Parameter,
} from './layers/parameter.js';
export { inversePermutation, permuteTensor } from './tensor/permute-tensor.js';
export { chooseMethod, type ChosenMethod, type MethodChoice } from './methods/method-choice.js';
export type { Method, MethodGroup, Start } from './methods/method.js';
export type { MethodParameters, ParameterValue } from './parameters/parameter-spec.js';
export { METHODS, type MethodId } from './methods/methods.js';
export { exampleOf } from './methods/method-choice.js';
export {
  type DriverDefinition,
  type MethodDefinition,
  type TracedDefinition,
} from './methods/method-definition.js';
export type { ParameterSpec } from './parameters/parameter-spec.js';
export type { PluginName } from './parameters/parameter-types.js';
export { resolveMethod } from './methods/resolve-method.js';
export { requiredParameters, resolveParameters } from './parameters/resolve-parameters.js';
export type { ChartSeries, LineChart } from './metrics/chart.js';
export type {
  Metric,
  MetricContext,
  MetricData,
  MetricResult,
  MetricTable,
} from './metrics/metric.js';
export { emptyMoments, type LayerMoments } from './patterns/moments/layer-moments.js';
export { mergeMoments } from './patterns/moments/merge-moments.js';
export {
  allNeurons,
  traceMoments,
  traceShifts,
  type MomentsPort,
  type MomentsProgram,
  type NeuronRange,
} from './patterns/moments/trace-moments.js';
export {
  createOccluder,
  type Occluder,
  type OccluderOptions,
  type OcclusionMaps,
  type OcclusionRun,
} from './neurons/occlusion/occlusion-maps.js';
export { nearestName, suggestion } from './errors/nearest-name.js';
export {
  changeNetwork,
  createNetwork,
  layerNamed,
  makerOf,
  readersOf,
  type Network,
  type NetworkDefinition,
  type NetworkInput,
} from './network/network.js';
export {
  estimatePattern,
  fittedEstimators,
  type EstimateOptions,
} from './patterns/estimate-pattern.js';
export { neuronWeights } from './patterns/weights-of.js';
export { mergePatterns } from './fitting/merge-patterns.js';
export { fingerprintOf, firstDifference, type LayerFingerprint } from './patterns/fingerprint.js';
export {
  adoptPatterns,
  FITTED_ESTIMATORS,
  PATTERN_KINDS,
  RARE,
  type FittedEstimator,
  type Pattern,
  type PatternDirections,
  type PatternKind,
  type PatternSet,
  type PatternSource,
} from './patterns/pattern-set.js';
export type {
  BinaryKind,
  Operation,
  OperationAttributes,
  OperationKind,
  OperationOf,
  UnaryKind,
} from './program/operation.js';
export { evaluateOperation } from './program/evaluate-operation.js';
export type { Relation } from './program/primitives/compare.js';
export { ProgramBuilder, type Value } from './program/program-builder.js';
export type { Instruction, Program, ProgramPort } from './program/program.js';
export {
  windowOutput,
  type ConvAttributes,
  type PoolAttributes,
  type WindowAttributes,
} from './program/window.js';
export { normals, uniforms } from './tensor/normals.js';
export { receptiveField, type Range } from './neurons/receptive-field.js';
export { gradientRule, passRule } from './rules/gradient.js';
export {
  lrpRule,
  proportionalRule,
  type LrpBranch,
  type LrpDefinition,
  type LrpTerm,
} from './rules/lrp.js';
export {
  BIAS_TREATMENTS,
  lrpAlphaBeta,
  lrpEpsilon,
  lrpFlat,
  lrpGamma,
  lrpWSquared,
  lrpZPlus,
  type BiasTreatment,
  type GammaOptions,
} from './rules/lrp-rules.js';
export { lrpZBox, type InputBounds } from './rules/lrp-z-box.js';
export type { Modifier } from './rules/modifier.js';
export {
  patternAttributionRule,
  patternNetRule,
  type PatternRuleOptions,
} from './rules/pattern-rules.js';
export { approximateSlope, deconvnetRectifier, guidedRectifier } from './rules/rectifier-rules.js';
export type { LinearScope, Rule, RuleLoss, RuleScope } from './rules/rule.js';
export {
  broadcastSteps,
  commonShape,
  forEachBroadcast,
  mapTensor,
  zipTensors,
} from './tensor/broadcast.js';
export {
  BATCH,
  divideDims,
  formatDim,
  formatShape,
  isBatch,
  multiplyDims,
  product,
  resolveShape,
  sameDim,
  sameShape,
  sizeOf,
  type BatchDim,
  type Dim,
  type Shape,
} from './tensor/shape.js';
export { plainProduct, type DoubleProduct } from './tensor/double-product.js';
export { filled, tensor, type Tensor, type TensorData } from './tensor/tensor.js';
export { gateName, type GateMode } from './tracing/gates.js';
export type { Signal } from './rules/signal.js';
export type { ExpectedMagnitude } from './layers/expected-magnitude.js';
export { forwardProgram } from './network/forward-program.js';
export { traceForward, type ForwardPass } from './network/trace-forward.js';
export {
  explainedSize,
  explainedPart,
  traceResolved,
  traceMethod,
  valueName,
  type LayerRelevance,
  type RelevancePort,
  type TracedMethod,
  type TracedPorts,
  type TraceOptions,
} from './tracing/trace-method.js';
export { shapeTracer, type ShapeTracer } from './network/shape-tracer.js';
export { optimise } from './optimise/optimise.js';
export { bytesSource, type ByteSource } from './patterns/file/byte-source.js';
export {
  readSafetensors,
  writeSafetensors,
  type SafetensorsEntry,
  type SafetensorsFile,
} from './patterns/file/safetensors.js';
export { readPatterns, writePatterns } from './patterns/file/pattern-file.js';
export { dropDeadLines } from './program/drop-dead-lines.js';
export { checkMethod } from './explain/check-method.js';
export { signsOf } from './optimise/signs-of.js';
export type { Sign } from './program/sign.js';
export { normaliseDirections } from './patterns/estimators/normalise.js';
export type { CustomAttributes } from './layers/kinds/custom.js';
export type { LayerScope } from './layers/layer-definition.js';
export {
  layoutKinds,
  linearKinds,
  rectifiers,
  responseNormalisation,
  structure,
} from './composites/layer-groups.js';
export { checkedPlugins } from './plugins/checked-plugins.js';
export { CORE_VERSION } from './plugins/core-version.js';
export { defineCanonizer } from './plugins/define-canonizer.js';
export { defineEstimator, type EstimatorParts } from './plugins/define-estimator.js';
export {
  defineLayer,
  type AddLayer,
  type ForeignNode,
  type LayerImport,
  type LayerValue,
  type NodeAttribute,
} from './plugins/define-layer.js';
export { defineMethod, type MethodParts } from './plugins/define-method.js';
export { defineMetric, type MetricParts } from './plugins/define-metric.js';
export { definePlugin, type PluginDefinition } from './plugins/define-plugin.js';
export { defineRule, type RuleDefinition, type RuleParts } from './plugins/define-rule.js';
export { importNode, layerImports, type LayerImports } from './plugins/layer-imports.js';
export { metricsWith } from './plugins/metrics-with.js';
export { methodsWith, pluginEstimators, type Extensions } from './plugins/extensions.js';
export {
  resolveNetwork,
  type ResolvedNetwork,
  type ResolveOptions,
} from './plugins/resolve-network.js';
export type { CanonicalNetwork } from './canonizers/canonical-network.js';
export {
  channelLayout,
  inputAxes,
  type ChannelLayout,
  type InputAxes,
} from './network/input-axes.js';
export { pluginLabel, type Plugin, type PluginParts } from './plugins/plugin.js';
export { failed as pluginFailure } from './plugins/plugin-errors.js';
export type { RuleChoice, RuleChoices } from './plugins/plugin-rules.js';
export type { DefinedRule } from './plugins/define-rule.js';
export type { KnownMethod } from './methods/method-definition.js';
export {
  defineLinearRule,
  type LinearRuleParts,
  type LinearRuleScope,
} from './plugins/define-linear-rule.js';
export type {
  GivenParameters,
  ParametersOf,
  ParameterSpecs,
} from './parameters/parameter-types.js';
export type { NoSpecs } from './methods/method-definition.js';
