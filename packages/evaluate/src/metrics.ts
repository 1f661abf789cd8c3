import type { Metric } from '@patternlens/core';

/** Every metric of this package. */
export const METRICS: readonly Metric[] = [];
