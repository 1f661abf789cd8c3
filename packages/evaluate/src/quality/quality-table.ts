import type { MetricTable } from '@patternlens/core/metrics';
import type { LayerQuality } from './quality-report.js';

const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));

/** One row a layer: what was measured, and rho of every estimator on held-out samples. */
export function qualityTable(
  layers: readonly LayerQuality[],
  notes: readonly string[],
): MetricTable {
  const ids = Object.keys(layers[0]?.estimators ?? {});
  return {
    id: 'quality',
    title:
      'Quality of signal estimators: rho of each layer on held-out samples, mean over its neurons',
    columns: ['layer', 'inputs', 'samples', 'neurons', 'measured', ...ids],
    rows: layers.map((measured) => [
      measured.layer,
      measured.dimensions,
      measured.samples,
      measured.neurons,
      measured.subset ?? measured.neurons - measured.dead,
      ...ids.map((id) => rounded(measured.estimators[id]!.heldOut.mean, 4)),
    ]),
    notes,
  };
}

/** One row a layer: what its numbers are worth. */
export function stabilityTable(layers: readonly LayerQuality[]): MetricTable {
  const ids = Object.keys(layers[0]?.estimators ?? {}).filter((id) => id !== 'identity');
  return {
    id: 'quality-stability',
    title:
      'What they are worth: neurons that never fired or fewer than 10 times, the share of samples that a neuron fires for, rho on the samples that v was fitted on, held-out rho with a small ridge in place of the pseudo-inverse, and neurons for which the two disagree by more than 1e-3',
    columns: [
      'layer',
      'dead',
      'rare',
      'firing',
      ...ids.map((id) => `${id} fit`),
      ...ids.map((id) => `${id} ridge`),
      ...ids.map((id) => `${id} unstable`),
    ],
    rows: layers.map(({ layer, dead, rare, firingRate, estimators }) => [
      layer,
      dead,
      rare,
      rounded(firingRate, 3),
      ...ids.map((id) => rounded(estimators[id]!.fit.mean, 4)),
      ...ids.map((id) => rounded(estimators[id]!.ridge.mean, 4)),
      ...ids.map((id) => (estimators[id]!.fit.mean === null ? null : estimators[id]!.unstable)),
    ]),
    notes: [],
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
