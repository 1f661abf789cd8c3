import type { Metric } from '@patternlens/core';
import { degradation } from './degradation/degradation.js';

/** Every metric of this package. */
export const METRICS: readonly Metric[] = [degradation];
