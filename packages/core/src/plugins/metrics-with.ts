import type { Metric } from '../metrics/metric.js';
import { checkClash } from './check-clashes.js';
import { checkedPlugins, partsOf } from './checked-plugins.js';
import { pluginMetric } from './plugin-metric.js';
import type { Plugin } from './plugin.js';

/** Metrics of PatternLens itself, then those of plug-ins.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does, and where a metric has the name of a built-in one. */
export function metricsWith(
  builtIn: readonly Metric[],
  given: readonly Plugin[] | undefined,
): readonly Metric[] {
  const plugins = checkedPlugins(given);
  checkClash(
    'metric',
    builtIn.map(({ id }) => id),
    plugins,
    (plugin) => plugin.metrics.map(({ id }) => id),
  );
  return [...builtIn, ...partsOf(plugins, ({ metrics }) => metrics, pluginMetric)];
}
