export { METRICS } from './metrics.js';
export { qualityMetric } from './quality/quality-metric.js';
