export { METRICS } from './metrics.js';
export {
  measureConservation,
  type ConservationOptions,
  type LayerConservation,
  type MethodConservation,
} from './conservation/conservation.js';
export { conservation } from './conservation/conservation-metric.js';
export { LOSS_REASONS, type LossReason } from './conservation/loss-reasons.js';
export { degradation, measureDegradation } from './degradation/degradation.js';
export { degradedInput, type DegradedTo } from './degradation/degraded-input.js';
export type { Degradation, DegradationOptions } from './degradation/measured-degradation.js';
export type { OrderSummary } from './degradation/summarise-degradation.js';
export {
  measureDeletionInsertion,
  type DeletionInsertion,
  type DeletionInsertionOptions,
  type DeletionInsertionSummary,
} from './degradation/deletion-insertion.js';
export { deletionInsertion } from './degradation/deletion-insertion-metric.js';
export type { BaselineKind } from './degradation/baselines.js';
export type { Fill } from './degradation/fill-patch.js';
export { complexity, measureComplexity } from './localisation/complexity.js';
export {
  localisation,
  measureLocalisation,
  type Localisation,
} from './localisation/localisation.js';
export { localisationScores, type LocalisationScore } from './localisation/localisation-scores.js';
export { mapStrengths } from './maps/map-strengths.js';
export { randomisation } from './randomisation/randomisation-metric.js';
export {
  measureRandomisation,
  type Randomisation,
  type RandomisationOptions,
  type RandomisationStage,
  type RandomisedMethod,
} from './randomisation/randomisation.js';
export { keepPatterns } from './randomisation/keep-patterns.js';
export { randomiseLayers } from './randomisation/randomise-layers.js';
export {
  measureSensitivity,
  sensitivity,
  type SensitivityOptions,
} from './sensitivity/sensitivity.js';
export { methodNames } from './context/method-names.js';
export type { ScoreKind } from './context/scorer.js';
export { someSamples, splitSamples } from './context/split-samples.js';
export type { PerSample } from './context/mean-table.js';
export { auroc } from './statistics/auroc.js';
export {
  bootstrap,
  bootstrapWith,
  RESAMPLES,
  resamples,
  type Interval,
} from './statistics/bootstrap.js';
export { entropy } from './statistics/entropy.js';
export { gini } from './statistics/gini.js';
export { massAccuracy } from './statistics/mass-accuracy.js';
export { pairedDifference, type PairedDifference } from './statistics/paired.js';
export { pointingGame } from './statistics/pointing-game.js';
export { precisionAtSpecificity } from './statistics/precision-at-specificity.js';
export { rankAccuracy } from './statistics/rank-accuracy.js';
export { averageRanks } from './statistics/ranks.js';
export { pearson, spearman } from './statistics/spearman.js';
export { ssim } from './statistics/ssim.js';
export { trapezoid } from './statistics/trapezoid.js';
export { qualityMetric } from './quality/quality-metric.js';
export {
  measureQuality,
  type QualityOptions,
  type QualityProgress,
} from './quality/measure-quality.js';
export type { QualitySplits } from './quality/quality-layers.js';
export type {
  EstimatorQuality,
  LayerQuality,
  QualityReport,
  RhoValues,
} from './quality/quality-report.js';
