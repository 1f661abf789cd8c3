// Moments, estimators and pattern files from the inside: for those who fit in parts, keep checkpoints, or write files of their own.
export { patternsOf, type PatternsOfOptions } from './fitting/patterns-of.js';
export { fittedEstimators } from './patterns/estimate-pattern.js';
export { ESTIMATOR_IDS } from './patterns/estimators/estimator.js';
export {
  estimatorOf,
  linearEstimator,
  twoComponentEstimator,
  type TwoComponentOptions,
} from './patterns/estimators/estimators.js';
export {
  readSafetensors,
  writeSafetensors,
  type SafetensorsEntry,
  type SafetensorsFile,
} from './patterns/file/safetensors.js';
export {
  momentsEntries,
  readCheckpoint,
  readMoments,
  writeCheckpoint,
  type FitIdentity,
} from './patterns/file/checkpoint-file.js';
export { withLinearFallback } from './patterns/linear-fallback.js';
export { fingerprintOf, firstDifference, type LayerFingerprint } from './patterns/fingerprint.js';
export {
  fitMoments,
  type FitCheckpoint,
  type FitMomentsOptions,
  type FittedMoments,
} from './patterns/fitting/fit-moments.js';
export { joinNeurons, type MomentsStore } from './patterns/fitting/moments-store.js';
export { planPasses } from './patterns/fitting/plan-passes.js';
export { emptyMoments } from './patterns/moments/layer-moments.js';
export { mergeMoments } from './patterns/moments/merge-moments.js';
export type { NeuronRange } from './patterns/moments/trace-moments.js';
export {
  type FittedEstimator,
  type PatternKind,
  type PatternDirections,
  type PatternSource,
  RARE,
  adoptPatterns,
} from './patterns/pattern-set.js';
export { readBlocks, BLOCK } from './tensor/block-reader.js';
