import type { Metric } from '../metrics/metric.js';
import { checkChoice, checkedSpecs, checkFunction, checkId, checkObject } from './check-part.js';

/** A metric as its author writes it: without parameters or needs it has none. */
export type MetricParts = Omit<Metric, 'parameters' | 'needs'> &
  Partial<Pick<Metric, 'parameters' | 'needs'>>;

/** Defines a metric: a measurement of explanation methods or of signal estimators.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineMetric(parts: MetricParts): Metric {
  checkObject('metric', parts);
  checkId('metric', parts.id);
  const what = `metric "${parts.id}"`;
  checkFunction(what, 'measure', parts.measure);
  const needs = parts.needs ?? [];
  for (const need of needs) checkChoice(what, 'needs', need, ['methods', 'truth']);
  return Object.freeze({ ...parts, parameters: checkedSpecs(what, parts.parameters), needs });
}
