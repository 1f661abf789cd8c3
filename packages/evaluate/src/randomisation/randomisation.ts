import {
  fitPatterns,
  PatternLensError,
  type Explainer,
  type MethodChoice,
  type CanonicalNetwork,
  type ParameterSpec,
  type PatternSet,
} from '@patternlens/core';
import { resolveParameters, type MetricContext } from '@patternlens/core/metrics';
import { isFitted } from '@patternlens/core/network';
import { adoptPatterns } from '@patternlens/core/patterns';
import { explainAll, explainerFor } from '../context/explain-all.js';
import { meansOf, type PerSample } from '../context/mean-table.js';
import { measureMethods } from '../context/measure-methods.js';
import { checkCancelled, progressOf } from '../context/progress.js';
import { requireSamples } from '../context/samples.js';
import { openScorer, predictAll } from '../context/scorer.js';
import { onlyInput, type SampleLayout } from '../maps/sample-layout.js';
import { strengths, sumChannels } from '../maps/position-maps.js';
import type { Interval } from '../statistics/bootstrap.js';
import { keepPatterns } from './keep-patterns.js';
import { mapSimilarity, type ComparedMap, type MapSimilarity } from './map-similarity.js';
import { randomiseLayers } from './randomise-layers.js';

export const ID = 'randomisation';

export const RANDOMISATION_PARAMETERS = {
  order: { default: 'both', choices: ['both', 'cascading', 'independent'] },
  patterns: { default: 'both', choices: ['both', 'kept', 'refitted'] },
  samples: { default: 32, whole: true, atLeast: 2 },
  refit: { default: 256, whole: true, atLeast: 2 },
} as const satisfies Record<string, ParameterSpec>;

export interface RandomisationOptions {
  /** From the top layer down, one layer at a time, or both; default both. */
  readonly order?: 'both' | Order;
  /** For methods with patterns: keep those of the trained network, fit them again on the randomised one, or both; default both. */
  readonly patterns?: 'both' | PatternHandling;
  /** Samples that are compared, as many as there are at most; default 32. */
  readonly samples?: number;
  /** Samples that patterns are fitted on again, as many as there are at most; default 256. */
  readonly refit?: number;
}

export type Order = 'cascading' | 'independent';
type PatternHandling = 'kept' | 'refitted';
type Similarity = keyof MapSimilarity;

/** One step: which layer was drawn anew last, and how alike the maps still are. */
export interface RandomisationStage {
  readonly layer: string;
  /** Layers that are drawn anew. */
  readonly layers: number;
  readonly means: Readonly<Record<Similarity, Interval>>;
  readonly perSample: PerSample<Similarity>;
}

export interface RandomisedMethod {
  readonly method: string;
  /** For methods with patterns. */
  readonly patterns?: PatternHandling | undefined;
  readonly order: Order;
  readonly stages: readonly RandomisationStage[];
}

export interface Randomisation {
  readonly parameters: Required<RandomisationOptions>;
  readonly samples: number;
  /** Samples that patterns were fitted on again. */
  readonly refitted: number;
  readonly runs: readonly RandomisedMethod[];
  readonly warnings: readonly string[];
}

/** A method, with how its patterns are treated. */
interface Variant {
  readonly method: string;
  readonly choice: MethodChoice;
  readonly patterns?: PatternHandling | undefined;
  readonly originals: readonly ComparedMap[];
}

/** Everything that the stages share. */
interface Setting {
  readonly context: MetricContext;
  readonly axes: SampleLayout;
  readonly base: CanonicalNetwork;
  readonly targets: readonly number[];
}

async function mapsOf({ context, axes, targets }: Setting, explainer: Explainer) {
  const maps: ComparedMap[] = [];
  let hasPatterns = false;
  await explainAll(context, explainer, axes.input, targets, ({ size, relevance, explanation }) => {
    hasPatterns ||= explanation.recipe.patternSamples !== undefined;
    for (let sample = 0; sample < size; sample++)
      maps.push({
        magnitude: strengths(relevance, sample, axes, explanation.recipe.group),
        signed: sumChannels(relevance, sample, axes),
      });
  });
  return { maps, hasPatterns };
}

/** The maps of the trained network, and for methods with patterns a variant for each way to treat them. */
async function variantsOf(setting: Setting, handling: 'both' | PatternHandling) {
  const { context } = setting;
  const { measured, warnings } = await measureMethods(ID, context, async ({ choice }) => {
    await using explainer = await explainerFor(context, choice);
    return { choice, ...(await mapsOf(setting, explainer)) };
  });
  const ways: readonly PatternHandling[] = handling === 'both' ? ['kept', 'refitted'] : [handling];
  const variants = [...measured].flatMap(([method, { choice, maps, hasPatterns }]): Variant[] =>
    hasPatterns
      ? ways.map((patterns) => ({ method, choice, patterns, originals: maps }))
      : [{ method, choice, originals: maps }],
  );
  return { variants, warnings };
}

/** The patterns for a variant on the randomised network; fitted again when they are first asked for. */
function patternsFor(
  { context, base }: Setting,
  randomised: CanonicalNetwork,
  limit: number,
): (handling: PatternHandling | undefined) => Promise<PatternSet | undefined> {
  const { backend, data, patterns, signal } = context;
  let refitted: Promise<PatternSet> | undefined;
  return (handling) => {
    if (handling === undefined || !patterns) return Promise.resolve(undefined);
    if (handling === 'kept') return Promise.resolve(keepPatterns(patterns, base, randomised));
    refitted ??= fitPatterns(randomised, data.splits?.fit ?? data, {
      backend,
      limit,
      signal,
      withoutMoments: true,
    });
    return refitted;
  };
}

async function measureStage(
  setting: Setting,
  variant: Variant,
  network: CanonicalNetwork,
  patterns: PatternSet | undefined,
): Promise<Pick<RandomisationStage, 'means' | 'perSample'>> {
  await using explainer = await explainerFor(setting.context, variant.choice, {
    network,
    patterns,
  });
  const { maps } = await mapsOf(setting, explainer);
  const similarities = maps.map((map, at) =>
    mapSimilarity(variant.originals[at]!, map, setting.axes.spatial),
  );
  const perSample = {
    magnitude: similarities.map((similarity) => similarity.magnitude),
    signed: similarities.map((similarity) => similarity.signed),
    ssim: similarities.map((similarity) => similarity.ssim),
  };
  return { perSample, means: meansOf(perSample, setting.context.seed) };
}

/** Compares each method's maps with those of a network whose layers are drawn anew (Adebayo et al. 2018). Each sample keeps the class that the
 * trained network predicts.
 * @throws PatternLensError `invalid-argument`, `empty-data`, `cancelled`. */
export async function measureRandomisation(
  given: MetricContext,
  options: RandomisationOptions = {},
): Promise<Randomisation> {
  const parameters = resolveParameters(ID, RANDOMISATION_PARAMETERS, {
    ...options,
  }) as unknown as Required<RandomisationOptions>;
  requireSamples(given, ID, 2);
  const { data, network: base, patterns, seed } = given;
  const samples = Math.min(parameters.samples, data.count);
  const context = { ...given, data: { ...data, count: samples } };
  const axes = onlyInput(ID, base);
  if (patterns) adoptPatterns(patterns, base);
  await using scorer = await openScorer(given);
  const { classes } = await predictAll(context, scorer, axes.input);
  const setting: Setting = { context, axes, base, targets: classes };
  const { variants, warnings } = await variantsOf(setting, parameters.patterns);
  const layers = base.layers
    .filter(isFitted)
    .map(({ name }) => name)
    .toReversed();
  const orders: readonly Order[] =
    parameters.order === 'both' ? ['cascading', 'independent'] : [parameters.order];
  const advance = progressOf(given, ID, orders.length * layers.length * variants.length);
  const failed = new Set<Variant>();
  const problems: string[] = [];
  const runs = orders.flatMap((order) =>
    variants.map((variant) => ({ order, variant, stages: [] as RandomisationStage[] })),
  );
  for (const order of orders) {
    for (const [at, layer] of layers.entries()) {
      checkCancelled(given, ID);
      const names = new Set(order === 'cascading' ? layers.slice(0, at + 1) : [layer]);
      const randomised = randomiseLayers(base, names, seed);
      const patternsOf = patternsFor({ ...setting, context: given }, randomised, parameters.refit);
      for (const run of runs.filter((each) => each.order === order && !failed.has(each.variant))) {
        try {
          const fitted = await patternsOf(run.variant.patterns);
          const stage = await measureStage(setting, run.variant, randomised, fitted);
          run.stages.push({ layer, layers: names.size, ...stage });
        } catch (cause) {
          if (!(cause instanceof PatternLensError) || cause.code === 'cancelled') throw cause;
          failed.add(run.variant);
          problems.push(
            `${run.variant.method} could not be measured with "${layer}" drawn anew: ${cause.message}`,
          );
        }
        advance(1, `${order}, ${layer}`);
      }
    }
  }
  return {
    parameters,
    samples,
    refitted: Math.min(parameters.refit, data.splits?.fit?.count ?? data.count),
    runs: runs.map(({ order, variant, stages }) => ({
      method: variant.method,
      patterns: variant.patterns,
      order,
      stages,
    })),
    warnings: [...warnings, ...problems],
  };
}
