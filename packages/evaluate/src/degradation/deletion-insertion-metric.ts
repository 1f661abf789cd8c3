import type { LineChart, Metric, MetricResult } from '@patternlens/core/metrics';
import { intervalCells, intervalColumns } from '../context/interval-cells.js';
import {
  DELETION_INSERTION_PARAMETERS,
  ID,
  measureDeletionInsertion,
  type DeletionInsertion,
} from './deletion-insertion.js';

function chartOf(
  { methods, random, parameters }: DeletionInsertion,
  key: 'deletion' | 'insertion',
  samples: number,
): LineChart {
  const x = random[key].map((_, at) => at / parameters.steps);
  return {
    id: key,
    title: key === 'deletion' ? 'Deletion' : 'Insertion',
    xLabel: key === 'deletion' ? 'share of places deleted' : 'share of places inserted',
    yLabel: 'score of the predicted class',
    series: [
      ...[...methods].map(([name, summary]) => ({ name, x, y: summary[key] })),
      { name: 'random', x, y: random[key], baseline: true },
    ],
    notes: [`${samples} samples.`],
  };
}

/** Deletion and insertion (Petsiuk et al. 2018). */
export const deletionInsertion: Metric = {
  id: ID,
  parameters: DELETION_INSERTION_PARAMETERS,
  needs: ['methods'],
  measure: async (context, given): Promise<MetricResult> => {
    const measured = await measureDeletionInsertion(context, given);
    const { methods, random, againstRandom, parameters, warnings, score } = measured;
    const { count } = context.data;
    const none = Array.from({ length: 6 }, () => null);
    return {
      json: {
        parameters,
        score,
        samples: count,
        random,
        methods: Object.fromEntries(
          [...methods].map(([name, summary]) => [
            name,
            { ...summary, againstRandom: againstRandom.get(name) },
          ]),
        ),
      },
      tables: [
        {
          id: ID,
          title: 'Deletion and insertion',
          columns: [
            'method',
            ...intervalColumns('deletion area'),
            ...intervalColumns('insertion area'),
            ...intervalColumns('deletion less random'),
            ...intervalColumns('insertion less random'),
          ],
          rows: [
            ...[...methods].map(([name, summary]) => [
              name,
              ...intervalCells(summary.deletionArea),
              ...intervalCells(summary.insertionArea),
              ...intervalCells(againstRandom.get(name)!.deletion),
              ...intervalCells(againstRandom.get(name)!.insertion),
            ]),
            [
              'random',
              ...intervalCells(random.deletionArea),
              ...intervalCells(random.insertionArea),
              ...none,
            ],
          ],
          notes: [
            `${count} samples, ${parameters.steps} equal steps, patches of ${parameters.patch}. Deleted to: ${parameters.fill}; inserted into: ${parameters.insertFrom}.`,
            'Areas by the trapezoid rule over shares of 0 to 1. Deletion: lower is better; insertion: higher is better.',
          ],
        },
      ],
      charts: [chartOf(measured, 'deletion', count), chartOf(measured, 'insertion', count)],
      warnings,
    };
  },
};
