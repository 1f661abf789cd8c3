import type { LayerQuality, MetricTable } from '@patternlens/core';

const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));

/** One row a layer: what it was measured on, and rho of every estimator. */
export function qualityTable(
  layers: readonly LayerQuality[],
  notes: readonly string[],
): MetricTable {
  const ids = Object.keys(layers[0]?.estimators ?? {});
  return {
    id: 'quality',
    title: 'Quality of signal estimators: rho by layer, mean over neurons',
    columns: [
      'layer',
      'inputs',
      'samples',
      'neurons',
      'measured',
      'dead',
      'rare',
      'firing',
      ...ids.flatMap((id) => [id, `${id} fit`, `${id} unstable`]),
    ],
    rows: layers.map((own) => [
      own.layer,
      own.dimensions,
      own.samples,
      own.neurons,
      own.subset ?? own.neurons - own.dead,
      own.dead,
      own.rare,
      rounded(own.firingRate, 3),
      ...ids.flatMap((id) => {
        const { heldOut, fit, unstable } = own.estimators[id]!;
        return [
          rounded(heldOut.mean, 4),
          rounded(fit.mean, 4),
          heldOut.mean === null ? null : unstable,
        ];
      }),
    ]),
    notes,
  };
}

/** One row a neuron. */
export function neuronTable(layers: readonly LayerQuality[]): MetricTable {
  const ids = Object.keys(layers[0]?.estimators ?? {});
  return {
    id: 'quality-neurons',
    title: 'rho of every neuron',
    columns: ['layer', 'neuron', ...ids.flatMap((id) => [id, `${id} fit`])],
    rows: layers.flatMap(({ layer, neurons, estimators }) =>
      Array.from({ length: neurons }, (_, neuron) => [
        layer,
        neuron,
        ...ids.flatMap((id) => [
          estimators[id]!.heldOut.values[neuron]!,
          estimators[id]!.fit.values[neuron]!,
        ]),
      ]),
    ),
    notes: [],
  };
}
