// Measurements of methods and estimators: for those who write metrics, run them, or draw their charts.
export type { LineChart, ChartSeries } from './metrics/chart.js';
export type {
  Metric,
  MetricContext,
  MetricData,
  MetricResult,
  MetricTable,
} from './metrics/metric.js';
export { resolveParameters } from './parameters/resolve-parameters.js';
export { defineMetric, type MetricParts } from './plugins/define-metric.js';
export { metricsWith } from './plugins/metrics-with.js';
