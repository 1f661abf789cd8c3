// Rules, composites, methods, estimators, canonizers and plug-ins: for those who write them.
export type { Canonizer } from './canonizers/canonizer.js';
export {
  anyLayer,
  kinds,
  named,
  readsInput,
  type Composite,
  type Matcher,
} from './composites/composite.js';
export { layoutKinds, linearKinds, rectifiers } from './composites/layer-groups.js';
export {
  lrpComposite,
  deepTaylor,
  epsilonAlpha2Beta1,
  epsilonAlpha2Beta1Flat,
  epsilonGamma,
  epsilonGammaBox,
  epsilonPlus,
  epsilonPlusFlat,
  lrpPreset,
  type EpsilonOptions,
  type GammaPresetOptions,
  type GateOptions,
  type InputKnowledge,
  type LrpPreset,
} from './composites/lrp-composites.js';
export type { ExpectedMagnitude } from './layers/expected-magnitude.js';
export type { Driver } from './methods/method.js';
export type {
  DriverSample,
  DriverSetting,
  Family,
  FamilyResult,
  MemberResult,
} from './methods/drivers/driver.js';
export { QUADRATURES } from './methods/drivers/quadrature.js';
export type {
  NoSpecs,
  KnownMethod,
  TracedDefinition,
  DriverDefinition,
} from './methods/method-definition.js';
export type {
  GivenParameters,
  ParametersOf,
  ParameterSpecs,
} from './parameters/parameter-types.js';
export type {
  Estimator,
  EstimatorId,
  Directions,
  NeuronWeights,
} from './patterns/estimators/estimator.js';
export { normaliseDirections } from './patterns/estimators/normalise.js';
export type { LayerMoments } from './patterns/moments/layer-moments.js';
export { checkedPlugins } from './plugins/checked-plugins.js';
export { CORE_VERSION } from './plugins/core-version.js';
export { defineCanonizer } from './plugins/define-canonizer.js';
export { defineEstimator, type EstimatorParts } from './plugins/define-estimator.js';
export { defineLayer, type LayerImport } from './plugins/define-layer.js';
export {
  defineLinearRule,
  type LinearRuleParts,
  type LinearRuleScope,
} from './plugins/define-linear-rule.js';
export { defineMethod, type MethodParts } from './plugins/define-method.js';
export { definePlugin, type PluginDefinition } from './plugins/define-plugin.js';
export {
  type DefinedRule,
  defineRule,
  type RuleDefinition,
  type RuleParts,
} from './plugins/define-rule.js';
export { type Extensions, methodsWith, pluginEstimators } from './plugins/extensions.js';
export type { RuleChoice, RuleChoices } from './plugins/plugin-rules.js';
export type { PluginParts } from './plugins/plugin.js';
export { gradientRule, passRule } from './rules/gradient.js';
export {
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
export {
  lrpRule,
  proportionalRule,
  type LrpBranch,
  type LrpDefinition,
  type LrpTerm,
} from './rules/lrp.js';
export type { Modifier } from './rules/modifier.js';
export {
  patternAttributionRule,
  patternNetRule,
  type PatternRuleOptions,
} from './rules/pattern-rules.js';
export { approximateSlope, deconvnetRectifier, guidedRectifier } from './rules/rectifier-rules.js';
export type { Rule, RuleScope, LinearScope, RuleLoss } from './rules/rule.js';
export type { Signal } from './rules/signal.js';
