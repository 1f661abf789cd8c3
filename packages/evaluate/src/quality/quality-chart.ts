import type { ChartSeries, LineChart } from '@patternlens/core/metrics';
import type { LayerQuality } from './quality-report.js';

/** Estimators as the chart's legend names them. */
const NAMES: Readonly<Record<string, string>> = {
  filter: 'filter, S_w',
  linear: 'linear, S_a',
  'two-component': 'two-component, S_a+−',
  random: 'random, S_r',
};

/** The paper's Figure 3: rho of each layer, mean over its neurons, by estimator. */
export function qualityChart(layers: readonly LayerQuality[], notes: readonly string[]): LineChart {
  const ids = Object.keys(layers[0]?.estimators ?? {});
  const measured = ids.filter((id) =>
    layers.some(({ estimators }) => estimators[id]!.heldOut.mean !== null),
  );
  const series = measured.map((id): ChartSeries => ({
    name: NAMES[id] ?? id,
    x: layers.map((_, at) => at),
    y: layers.map(({ estimators }) => estimators[id]!.heldOut.mean),
    ...quartiles(layers, id),
    ...(id === 'random' ? { baseline: true } : {}),
  }));
  return {
    id: 'quality',
    title: 'Quality of signal estimators by layer',
    xLabel: 'layer',
    yLabel: 'ρ, held out (higher is better)',
    categories: layers.map(({ layer }) => layer),
    yRange: [0, 1],
    series,
    notes: [
      'ρ = 1 − max over v of corr(w′x, v′d), with the distractor d = x − S(x): mean over the neurons of a layer; bands from the first to the third quartile of its neurons.',
      ...notes,
    ],
  };
}

function quartiles(
  layers: readonly LayerQuality[],
  id: string,
): { low: (number | null)[]; high: (number | null)[] } {
  const at = (share: number) =>
    layers.map(({ estimators }) => {
      const known = estimators[id]!.heldOut.values.filter((value) => value !== null).sort(
        (a, b) => a - b,
      );
      return known.length === 0 ? null : known[Math.round(share * (known.length - 1))]!;
    });
  return { low: at(0.25), high: at(0.75) };
}
