import type { LineChart, Metric, MetricResult, MetricTable } from '@patternlens/core/metrics';
import { intervalCells, intervalColumns } from '../context/interval-cells.js';
import {
  ID,
  measureRandomisation,
  RANDOMISATION_PARAMETERS,
  type Order,
  type Randomisation,
  type RandomisedMethod,
} from './randomisation.js';

const nameOf = ({ method, patterns }: RandomisedMethod): string =>
  patterns === undefined ? method : `${method} (patterns ${patterns})`;

const notesOf = ({ samples, refitted, runs }: Randomisation): string[] => [
  `${samples} samples, each explained for the class that the trained network predicts. Weights and biases drawn anew: normal, of mean 0 and each tensor's own standard deviation.`,
  'Maps that stay alike do not depend on what the layers have learned. Magnitudes and signed sums over channels by Spearman, ties at average ranks, places that are zero in both maps left out.',
  ...(runs.some(({ patterns }) => patterns === 'refitted')
    ? [
        `Patterns kept: those of the trained network. Patterns refitted: on ${refitted} samples, for each randomised network.`,
      ]
    : []),
];

const CASCADING = 'from the top layer down';

function chartOf(measured: Randomisation, order: Order): LineChart | undefined {
  const runs = measured.runs.filter((run) => run.order === order && run.stages.length > 0);
  const [first] = runs;
  if (!first) return undefined;
  // All layers stand on the axis; a method that failed on the way ends early.
  const longest = runs.reduce((a, b) => (b.stages.length > a.stages.length ? b : a));
  const start = order === 'cascading' ? 1 : 0;
  return {
    id: `randomisation-${order}`,
    title:
      order === 'cascading'
        ? `Maps of networks randomised ${CASCADING}`
        : 'Maps of networks with one layer randomised',
    xLabel: order === 'cascading' ? 'layers randomised, down to' : 'layer randomised',
    yLabel: 'rank correlation of magnitudes with the original map',
    categories: [
      ...(order === 'cascading' ? ['none'] : []),
      ...longest.stages.map(({ layer }) => layer),
    ],
    series: runs.map((run) => {
      const points = run.stages.map(({ means }) => means.magnitude);
      const original = order === 'cascading' ? [1] : [];
      return {
        name: nameOf(run),
        x: [...original.map(() => 0), ...points.map((_, at) => at + start)],
        y: [...original, ...points.map(({ mean }) => mean)],
        low: [...original, ...points.map(({ low }) => low)],
        high: [...original, ...points.map(({ high }) => high)],
      };
    }),
    notes: notesOf(measured),
  };
}

const stageTable = (measured: Randomisation): MetricTable => ({
  id: 'randomisation-layers',
  title: 'Randomisation, layer by layer',
  columns: [
    'order',
    'method',
    'layer',
    'layers randomised',
    ...intervalColumns('Spearman of magnitudes'),
    ...intervalColumns('Spearman, signed'),
    ...intervalColumns('SSIM'),
  ],
  rows: measured.runs.flatMap((run) =>
    run.stages.map(({ layer, layers, means }) => [
      run.order,
      nameOf(run),
      layer,
      layers,
      ...intervalCells(means.magnitude),
      ...intervalCells(means.signed),
      ...intervalCells(means.ssim),
    ]),
  ),
  notes: notesOf(measured),
});

/** What is left after the top layer, and after all of them. */
const summaryTable = (measured: Randomisation): MetricTable => ({
  id: ID,
  title: `Randomisation ${CASCADING}`,
  columns: [
    'method',
    'top layer: magnitudes',
    'top layer: signed',
    'top layer: SSIM',
    'all layers: magnitudes',
    'all layers: signed',
    'all layers: SSIM',
  ],
  rows: measured.runs
    .filter(({ order, stages }) => order === 'cascading' && stages.length > 0)
    .map((run) => [
      nameOf(run),
      ...[run.stages[0]!, run.stages.at(-1)!].flatMap(({ means }) => [
        means.magnitude.mean,
        means.signed.mean,
        means.ssim.mean,
      ]),
    ]),
  notes: [...notesOf(measured), 'Lower is better: a map should change with the network.'],
});

/** The randomisation check (Adebayo et al. 2018). */
export const randomisation: Metric = {
  id: ID,
  parameters: RANDOMISATION_PARAMETERS,
  needs: ['methods'],
  measure: async (context, parameters): Promise<MetricResult> => {
    const measured = await measureRandomisation(context, parameters);
    const { warnings, runs, ...rest } = measured;
    const summary = summaryTable(measured);
    const charts = [chartOf(measured, 'cascading'), chartOf(measured, 'independent')];
    return {
      json: { ...rest, runs },
      tables: [...(summary.rows.length > 0 ? [summary] : []), stageTable(measured)],
      charts: charts.filter((chart) => chart !== undefined),
      warnings,
    };
  },
};
