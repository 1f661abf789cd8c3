import type { Metric, MetricContext, MetricResult } from '@patternlens/core/metrics';
import { explainAll, explainerFor } from '../context/explain-all.js';
import { meanJson, meansOf, meanTable, type PerSample } from '../context/mean-table.js';
import { measureMethods } from '../context/measure-methods.js';
import { progressOf } from '../context/progress.js';
import { requireSamples } from '../context/samples.js';
import { onlyInput } from '../maps/sample-layout.js';
import { strengths } from '../maps/position-maps.js';
import { entropy } from '../statistics/entropy.js';
import { gini } from '../statistics/gini.js';

const ID = 'complexity';

const COLUMNS = {
  complexity: 'complexity (entropy, nats)',
  sparseness: 'sparseness (Gini)',
} as const;
type Column = keyof typeof COLUMNS;

/** How spread out each method's maps are: entropy and Gini index of their strength at each place; null for a map of zeros. */
export async function measureComplexity(context: MetricContext): Promise<{
  readonly perSample: ReadonlyMap<string, PerSample<Column>>;
  readonly warnings: readonly string[];
}> {
  requireSamples(context, ID, 2);
  const axes = onlyInput(ID, context.network);
  const advance = progressOf(context, ID, context.data.count * context.methods.length);
  const { measured, warnings } = await measureMethods(ID, context, async ({ name, choice }) => {
    await using explainer = await explainerFor(context, choice);
    const scores = { complexity: [] as (number | null)[], sparseness: [] as (number | null)[] };
    await explainAll(context, explainer, axes.input, 'top', ({ size, relevance, explanation }) => {
      for (let sample = 0; sample < size; sample++) {
        const strength = strengths(relevance, sample, axes, explanation.recipe.group);
        scores.complexity.push(entropy(strength));
        scores.sparseness.push(gini(strength));
      }
      advance(size, name);
    });
    return scores;
  });
  return { perSample: measured, warnings };
}

/** Complexity and sparseness of maps. */
export const complexity: Metric = {
  id: ID,
  parameters: {},
  needs: ['methods'],
  measure: async (context): Promise<MetricResult> => {
    const { perSample, warnings } = await measureComplexity(context);
    const means = new Map(
      [...perSample].map(([name, scores]) => [name, meansOf(scores, context.seed)]),
    );
    const { positions } = onlyInput(ID, context.network);
    return {
      json: { samples: context.data.count, positions, methods: meanJson(perSample, means) },
      tables: [
        meanTable(
          {
            id: ID,
            title: 'Complexity and sparseness',
            notes: [
              `${context.data.count} samples, ${positions} places: entropy is between 0 and ${Math.log(positions).toFixed(2)}, the Gini index between 0 and 1.`,
              'They say how concentrated a map is, not whether it is right.',
            ],
          },
          COLUMNS,
          means,
        ),
      ],
      charts: [],
      warnings,
    };
  },
};
