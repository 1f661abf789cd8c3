import type { LineChart, MetricResult, MetricTable } from '@patternlens/core/metrics';
import { intervalCells, intervalColumns } from '../context/interval-cells.js';
import type { Degradation } from './measured-degradation.js';

const SCORES = {
  softmax: 'softmax score of the predicted class',
  sigmoid: 'sigmoid of the predicted class',
  output: 'output',
} as const;

const notesOf = ({ parameters, grid, samples, score }: Degradation): string[] => [
  `${samples.length} samples; patches of ${parameters.patch} in a grid of ${grid.join(' x ')}, each replaced by ${parameters.fill === 'mean' ? 'its own mean in each channel' : 'zero'}; ${SCORES[score]}.`,
  'Bands and intervals: bootstrap over samples, 95 %, 1000 resamples.',
];

function curveChart(measured: Degradation): LineChart {
  const x = measured.random.curve.map((_, step) => step);
  const series = [...measured.methods, ['random', measured.random] as const].map(
    ([name, { curve, low, high }]) => ({
      name,
      x,
      y: curve,
      low,
      high,
      ...(name === 'random' ? { baseline: true } : {}),
    }),
  );
  return {
    id: 'degradation',
    title: 'Degradation, most relevant patches first',
    xLabel: 'patches replaced',
    yLabel: SCORES[measured.score],
    series,
    notes: notesOf(measured),
  };
}

function leastChart(measured: Degradation): LineChart {
  const x = measured.leastSteps;
  return {
    id: 'degradation-least-first',
    title: 'Degradation, least relevant patches first',
    xLabel: 'patches replaced',
    yLabel: SCORES[measured.score],
    series: [
      ...[...measured.methods].map(([name, { leastCurve }]) => ({ name, x, y: leastCurve! })),
      { name: 'random', x, y: x.map((step) => measured.random.curve[step]!), baseline: true },
    ],
    notes: notesOf(measured),
  };
}

function orderTable(measured: Degradation): MetricTable {
  const rows = [...measured.methods].map(([name, summary]) => {
    const difference = measured.againstRandom.get(name)!;
    return [
      name,
      ...intervalCells(summary.aopc),
      summary.area.mean,
      ...(summary.abpc ? intervalCells(summary.abpc) : [null, null, null]),
      ...intervalCells(difference),
      difference.wins,
      difference.ties,
      difference.losses,
    ];
  });
  const { random } = measured;
  const none = Array.from({ length: 9 }, () => null);
  return {
    id: 'degradation',
    title: 'Degradation',
    columns: [
      'method',
      ...intervalColumns('AOPC'),
      'area',
      ...intervalColumns('ABPC'),
      ...intervalColumns('AOPC less random'),
      'wins',
      'ties',
      'losses',
    ],
    rows: [...rows, ['random', ...intervalCells(random.aopc), random.area.mean, ...none]],
    notes: [
      ...notesOf(measured),
      'AOPC: mean drop of the score over all steps, higher is better. Area: mean height of the curve, lower is better.',
      ...(measured.leastSteps.length > 0
        ? [
            `ABPC: area between least and most relevant first, at steps ${measured.parameters.leastEvery} apart.`,
          ]
        : []),
    ],
  };
}

const pairTable = ({ pairs }: Degradation): MetricTable => ({
  id: 'degradation-pairs',
  title: 'Degradation, methods against each other',
  columns: ['first', 'second', ...intervalColumns('AOPC difference'), 'wins', 'ties', 'losses'],
  rows: pairs.map(({ first, second, difference }) => [
    first,
    second,
    ...intervalCells(difference),
    difference.wins,
    difference.ties,
    difference.losses,
  ]),
  notes: ['First less second on the same samples; an interval that holds 0 tells nothing apart.'],
});

/** Tables, charts and plain data of what was measured. */
export function degradationResult(measured: Degradation): MetricResult {
  const { methods, againstRandom, pairs, parameters, warnings } = measured;
  const { score, grid, offset, steps, leastSteps, samples, random } = measured;
  return {
    json: {
      parameters,
      ...{ score, grid, offset, steps, leastSteps, samples, random },
      patch: parameters.patch,
      fill: parameters.fill,
      methods: Object.fromEntries(
        [...methods].map(([name, summary]) => [
          name,
          { ...summary, againstRandom: againstRandom.get(name) },
        ]),
      ),
      pairs,
    },
    tables: [orderTable(measured), ...(pairs.length > 0 ? [pairTable(measured)] : [])],
    charts: [
      curveChart(measured),
      ...(measured.leastSteps.length > 0 ? [leastChart(measured)] : []),
    ],
    warnings,
  };
}
