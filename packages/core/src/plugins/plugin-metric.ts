import type { Metric } from '../metrics/metric.js';
import { failed } from './plugin-errors.js';

/** The metric, whose errors name the plug-in that it comes from. */
export const pluginMetric = (plugin: string, metric: Metric): Metric => ({
  ...metric,
  measure: async (context, parameters) => {
    try {
      return await metric.measure(context, parameters);
    } catch (cause) {
      throw failed(plugin, `metric "${metric.id}"`, cause);
    }
  },
});
