import { joinTensors, type Tensor } from '@patternlens/core';
import { type MetricData } from '@patternlens/core/metrics';
import type { JoinedInputs, OpenedSource } from '@patternlens/explain/node';

type Place = readonly [OpenedSource, number];

/** The truth of samples that lie in several sources. */
function truthOf(places: readonly Place[]): MetricData['truth'] {
  if (places.length === 0 || !places.every(([source]) => source.truth)) return undefined;
  return async (first, count) => {
    const parts: Promise<Tensor>[] = [];
    for (const [source, index] of places.slice(first, first + count))
      parts.push(source.truth!(index, 1));
    return joinTensors(await Promise.all(parts));
  };
}

/** Samples as metrics take them: with their classes and their truth, where these are known of all of them. */
export function metricData(inputs: JoinedInputs, splits: MetricData['splits']): MetricData {
  const places = inputs.samples.map(({ sources, index }): Place => {
    const [first] = sources.values();
    return [first!, index];
  });
  const classes = places.map(([{ labels }, index]) => labels?.[index]);
  const truth = truthOf(places);
  return {
    count: inputs.count,
    read: inputs.read,
    ...(truth ? { truth } : {}),
    ...(classes.every((known) => known !== undefined) ? { classes } : {}),
    ...(splits ? { splits } : {}),
  };
}
