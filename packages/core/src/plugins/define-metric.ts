import type { Metric, MetricContext, MetricResult } from '../metrics/metric.js';
import type { NoSpecs } from '../methods/method-definition.js';
import type { ParametersOf, ParameterSpecs } from '../parameters/parameter-types.js';
import { checkChoice, checkedSpecs, checkFunction, checkId, checkObject } from './check-part.js';

/** A metric as its author writes it: without parameters or needs it has none. */
export interface MetricParts<P extends ParameterSpecs = ParameterSpecs> {
  readonly id: string;
  readonly parameters?: P;
  readonly needs?: Metric['needs'];
  readonly measure: (context: MetricContext, parameters: ParametersOf<P>) => Promise<MetricResult>;
}

/** Defines a metric: a measurement of explanation methods or of signal estimators. It gets parameters of the types that the specs say.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineMetric<const P extends ParameterSpecs = NoSpecs>(
  parts: MetricParts<P>,
): Metric {
  checkObject('metric', parts);
  checkId('metric', parts.id);
  const what = `metric "${parts.id}"`;
  checkFunction(what, 'measure', parts.measure);
  const needs = parts.needs ?? [];
  for (const need of needs) checkChoice(what, 'needs', need, ['methods', 'truth']);
  const parameters = checkedSpecs(what, parts.parameters);
  // It is only ever called with what `resolveParameters` makes by these specs.
  const measure = parts.measure as Metric['measure'];
  return Object.freeze({ ...parts, parameters, needs, measure });
}
