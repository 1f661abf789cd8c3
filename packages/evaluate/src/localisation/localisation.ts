import { PatternLensError, type Tensor } from '@patternlens/core';
import { type Metric, type MetricContext, type MetricResult } from '@patternlens/core/metrics';
import { uniforms } from '@patternlens/core/tensor';
import { explainAll, explainerFor } from '../context/explain-all.js';
import { meanJson, meansOf, meanTable, type PerSample } from '../context/mean-table.js';
import { measureMethods } from '../context/measure-methods.js';
import { progressOf } from '../context/progress.js';
import { batches, readInput, requireSamples, sampleData } from '../context/samples.js';
import { onlyInput, type SampleLayout } from '../maps/sample-layout.js';
import { isZero, positiveStrengths, strengths, sumChannels } from '../maps/position-maps.js';
import type { Interval } from '../statistics/bootstrap.js';
import { seedOf } from '../statistics/shuffled.js';
import {
  LOCALISATION_SCORES,
  localisationScores,
  type LocalisationScore,
} from './localisation-scores.js';

const ID = 'localisation';

type Scores = Record<LocalisationScore, (number | null)[]>;

const noScores = (): Scores => ({
  rank: [],
  mass: [],
  positiveMass: [],
  auroc: [],
  pointing: [],
  precision: [],
});

function addScores(scores: Scores, sample: Record<LocalisationScore, number | null>): void {
  for (const key of Object.keys(scores) as LocalisationScore[]) scores[key].push(sample[key]);
}

/** Where methods point, against what is known to decide each sample. */
export interface Localisation {
  /** Scores of each method, and of the baselines `input` and `random`; one a sample. */
  readonly perSample: ReadonlyMap<string, PerSample<LocalisationScore>>;
  readonly means: ReadonlyMap<string, Readonly<Record<LocalisationScore, Interval>>>;
  readonly warnings: readonly string[];
}

type Masks = (first: number, count: number) => Promise<(sample: number) => ArrayLike<number>>;

/** The masks of the data.
 * @throws PatternLensError `invalid-argument` where there are none, `invalid-shape` where they do not fit the input. */
function masksOf({ data }: MetricContext, axes: SampleLayout): Masks {
  const { truth } = data;
  if (!truth)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `${ID}: it needs data whose truth is known, a mask of what decides each sample. Measure it on generated data (generated:seed=7), or hand in truth with the data.`,
    );
  return async (first, count) => {
    const mask: Tensor = await truth(first, count);
    if (mask.data.length !== count * axes.positions)
      throw new PatternLensError(
        'evaluate',
        'invalid-shape',
        `${ID}: the truth of ${count} samples has shape [${mask.shape.join(', ')}], the input's places are ${axes.spatial.join(' x ')}.`,
      );
    return (sample) => sampleData(mask, sample);
  };
}

async function baselines(
  context: MetricContext,
  axes: SampleLayout,
  masks: Masks,
): Promise<{ input: Scores; random: Scores }> {
  const input = noScores(),
    random = noScores();
  for (const { first, size } of batches(context.data.count, context.batch)) {
    const inputs = await readInput(context, axes.input, first, size);
    const maskOf = await masks(first, size);
    for (let sample = 0; sample < size; sample++) {
      const mask = maskOf(sample);
      const magnitudes = sumChannels(inputs, sample, axes, Math.abs);
      const positive = sumChannels(inputs, sample, axes, (value) => Math.max(value, 0));
      addScores(input, localisationScores(magnitudes, positive, mask));
      const draw = uniforms(seedOf(context.seed, first + sample));
      const noise = Float64Array.from({ length: axes.positions }, draw);
      addScores(random, localisationScores(noise, noise, mask));
    }
  }
  return { input, random };
}

/** Measures where each method points.
 * @throws PatternLensError `invalid-argument`, `invalid-shape`, `empty-data`, `cancelled`. */
export async function measureLocalisation(context: MetricContext): Promise<Localisation> {
  requireSamples(context, ID, 2);
  const axes = onlyInput(ID, context.network);
  const masks = masksOf(context, axes);
  const { count } = context.data;
  const advance = progressOf(context, ID, count * context.methods.length);
  const zeros: string[] = [];
  const { measured, warnings } = await measureMethods(ID, context, async ({ name, choice }) => {
    await using explainer = await explainerFor(context, choice);
    const scores = noScores();
    let empty = 0;
    await explainAll(context, explainer, axes.input, 'top', async (batch) => {
      const { group } = batch.explanation.recipe;
      const maskOf = await masks(batch.first, batch.size);
      for (let sample = 0; sample < batch.size; sample++) {
        const strength = strengths(batch.relevance, sample, axes, group);
        if (isZero(strength)) empty++;
        const positive = positiveStrengths(batch.relevance, sample, axes, group);
        addScores(scores, localisationScores(strength, positive, maskOf(sample)));
      }
      advance(batch.size, name);
    });
    if (empty > 0) zeros.push(`${name}: ${empty} of ${count} maps are zero everywhere.`);
    return scores;
  });
  const { input, random } = await baselines(context, axes, masks);
  const perSample = new Map([...measured, ['input', input], ['random', random]]);
  const skipped = random.auroc.filter((value) => value === null).length;
  return {
    perSample,
    means: new Map([...perSample].map(([name, scores]) => [name, meansOf(scores, context.seed)])),
    warnings: [
      ...warnings,
      ...zeros,
      ...(skipped > 0
        ? [
            `${skipped} of ${count} samples are left out: their masks are empty, or cover everything.`,
          ]
        : []),
    ],
  };
}

/** Localisation on data with known truth. */
export const localisation: Metric = {
  id: ID,
  parameters: {},
  needs: ['methods', 'truth'],
  measure: async (context): Promise<MetricResult> => {
    const { perSample, means, warnings } = await measureLocalisation(context);
    return {
      json: { samples: context.data.count, methods: meanJson(perSample, means) },
      tables: [
        meanTable(
          {
            id: ID,
            title: 'Localisation',
            notes: [
              `${context.data.count} samples, strongest class explained. Higher is better in every column; random finds as much as chance does.`,
              'Attributions: magnitude of the signed sum over channels; signals, functions and the input: sum of magnitudes. Intervals: bootstrap, 95 %.',
            ],
          },
          LOCALISATION_SCORES,
          means,
        ),
      ],
      charts: [],
      warnings,
    };
  },
};
