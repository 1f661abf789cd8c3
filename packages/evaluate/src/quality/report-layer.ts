import { type Pattern } from '@patternlens/core';
import { neuronLayout, type FittedLayer } from '@patternlens/core/network';
import { RARE } from '@patternlens/core/patterns';
import type { NeuronQuality } from './closed-form/layer-quality.js';
import type { SampleCounts } from './quality-layers.js';
import { rhoValues, type EstimatorQuality, type LayerQuality } from './quality-report.js';

/** What was measured of a layer, by the estimator's id. */
export type MeasuredLayer = ReadonlyMap<string, NeuronQuality>;

/** What was measured of a layer by estimator, with what its pattern tells of its neurons. */
export function reportLayer(
  layer: FittedLayer,
  pattern: Pattern | undefined,
  ids: readonly string[],
  found: MeasuredLayer | undefined,
  [samples, heldOutSamples]: SampleCounts,
  subset: number | undefined,
): LayerQuality {
  const { neurons, inputs } = neuronLayout(layer);
  const counts = pattern?.counts ?? new Float64Array(neurons);
  const none = (): Float64Array => new Float64Array(neurons).fill(NaN);
  const estimators = ids.map((id): [string, EstimatorQuality] => {
    const quality = found?.get(id) ?? { fit: none(), heldOut: none(), ridge: none(), unstable: 0 };
    return [
      id,
      {
        fit: rhoValues(quality.fit),
        heldOut: rhoValues(quality.heldOut),
        ridge: rhoValues(quality.ridge),
        unstable: quality.unstable,
      },
    ];
  });
  return {
    layer: layer.name,
    weights: layer.parameters['weights']!.origin?.tensor ?? null,
    dimensions: inputs,
    samples,
    heldOutSamples,
    neurons,
    dead: counts.filter((count) => count === 0).length,
    rare: counts.filter((count) => count > 0 && count < RARE).length,
    firingRate: counts.reduce((sum, count) => sum + count, 0) / (neurons * (pattern?.samples ?? 1)),
    ...(subset === undefined ? {} : { subset }),
    estimators: Object.fromEntries(estimators),
  };
}
