import { suggestion, type MethodParameters } from '@patternlens/core';
import { resolveParameters, type Metric } from '@patternlens/core/metrics';
import { UsageError } from './usage-error.js';

/** A metric that was asked for, with its parameters. */
export interface ChosenMetric {
  readonly metric: Metric;
  readonly parameters: MethodParameters;
}

/** Metrics as they are typed: `quality:dimensions=500,neurons=16,degradation:patch=9`. A comma starts a new metric unless a setting of the last one follows.
 * @throws UsageError for unknown names, with the nearest right one. */
export function parseMetrics(text: string, metrics: readonly Metric[]): ChosenMetric[] {
  const ids = metrics.map(({ id }) => id);
  if (text === 'all') return parseMetrics(ids.join(','), metrics);
  const parts: string[] = [];
  for (const piece of text.split(',')) {
    const before = parts.at(-1);
    const isSetting = /^[\w-]+=/.test(piece) && !ids.includes(piece.split(/[:=]/)[0]!);
    if (isSetting && before?.includes(':') === true) parts[parts.length - 1] = `${before},${piece}`;
    else parts.push(piece);
  }
  const chosen = parts.map((part) => parseMetric(part, metrics, ids));
  const twice = chosen.find(
    ({ metric }, at) => chosen.findIndex((other) => other.metric === metric) !== at,
  );
  if (twice) throw new UsageError(`--metrics: ${twice.metric.id} is named twice. Name it once.`);
  return chosen;
}

function parseMetric(
  text: string,
  metrics: readonly Metric[],
  ids: readonly string[],
): ChosenMetric {
  const colon = text.indexOf(':');
  const id = colon < 0 ? text : text.slice(0, colon);
  const metric = metrics.find((known) => known.id === id);
  if (id === '') throw new UsageError(`--metrics: a metric is missing. Known: ${ids.join(', ')}.`);
  if (!metric)
    throw new UsageError(`--metrics: there is no metric "${id}". ${suggestion(id, ids)}`);
  const given: Record<string, string> = {};
  for (const setting of colon < 0 ? [] : text.slice(colon + 1).split(',')) {
    const equals = setting.indexOf('=');
    if (equals < 1)
      throw new UsageError(
        `--metrics ${id}: expected NAME=VALUE behind the colon, got "${setting}".`,
      );
    given[setting.slice(0, equals)] = setting.slice(equals + 1);
  }
  return { metric, parameters: resolveParameters(id, metric.parameters, given) };
}
