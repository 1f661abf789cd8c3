import type { Metric } from '@patternlens/core/metrics';
import { conservation } from './conservation/conservation-metric.js';
import { degradation } from './degradation/degradation.js';
import { deletionInsertion } from './degradation/deletion-insertion-metric.js';
import { complexity } from './localisation/complexity.js';
import { localisation } from './localisation/localisation.js';
import { qualityMetric } from './quality/quality-metric.js';
import { randomisation } from './randomisation/randomisation-metric.js';
import { sensitivity } from './sensitivity/sensitivity.js';

/** Every metric of this package. */
export const METRICS: readonly Metric[] = [
  qualityMetric,
  degradation,
  deletionInsertion,
  localisation,
  randomisation,
  sensitivity,
  conservation,
  complexity,
];
