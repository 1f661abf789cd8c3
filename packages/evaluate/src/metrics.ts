import type { Metric } from '@patternlens/core';
import { qualityMetric } from './quality/quality-metric.js';

/** Every metric of this package. */
export const METRICS: readonly Metric[] = [qualityMetric];
