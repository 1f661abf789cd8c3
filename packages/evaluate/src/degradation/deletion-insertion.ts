import { PatternLensError, type ParameterSpec, type TensorData } from '@patternlens/core';
import { resolveParameters, type MetricContext } from '@patternlens/core/metrics';
import { explainAll, explainerFor } from '../context/explain-all.js';
import { measureMethods } from '../context/measure-methods.js';
import { progressOf } from '../context/progress.js';
import { requireSamples, sampleData } from '../context/samples.js';
import { openScorer, predictAll, type ScoreKind } from '../context/scorer.js';
import { descendingOrder } from '../maps/descending-order.js';
import { onlyInput, type SampleLayout } from '../maps/sample-layout.js';
import { evidence, MAPS } from '../maps/position-maps.js';
import { bootstrapWith, resamples, type Interval } from '../statistics/bootstrap.js';
import { pairedDifference, type PairedDifference } from '../statistics/paired.js';
import { seedOf, shuffled } from '../statistics/shuffled.js';
import { trapezoid } from '../statistics/trapezoid.js';
import { baselineOf, type BaselineKind } from './baselines.js';
import { coveringPatches } from './covering-patches.js';
import { exchange } from './exchange.js';
import { stateScorer } from './score-states.js';

export const ID = 'deletion-insertion';
const KINDS = ['mean', 'blur', 'value'] as const;

export const DELETION_INSERTION_PARAMETERS = {
  steps: { default: 20, whole: true, atLeast: 1 },
  patch: { default: 1, whole: true, atLeast: 1 },
  fill: { default: 'mean', choices: KINDS },
  insertFrom: { default: 'blur', choices: KINDS },
  value: { default: 0, list: true },
  sigma: { above: 0 },
  maps: MAPS,
} as const satisfies Record<string, ParameterSpec>;

export interface DeletionInsertionOptions {
  /** Equal steps from the whole sample to the baseline; default 20. */
  readonly steps?: number;
  /** Side of what is removed at once; default 1: single places. */
  readonly patch?: number;
  /** What deleted places become; default the sample's mean in each channel. */
  readonly fill?: BaselineKind;
  /** What insertion starts from; default the sample blurred. */
  readonly insertFrom?: BaselineKind;
  /** For `value`: one number, or one a channel, in model space; default 0. */
  readonly value?: number | readonly number[];
  /** For `blur`: its standard deviation in places; default 1/45 of the shortest side. */
  readonly sigma?: number;
  /** How maps that are no attributions are ordered; default by their magnitudes. */
  readonly maps?: 'by-group' | 'signed';
}

/** The two curves of a method or of the random order, over shares of the places from 0 to 1. */
export interface DeletionInsertionSummary {
  readonly deletion: readonly number[];
  readonly insertion: readonly number[];
  /** Area under the mean score while places are deleted: lower is better. */
  readonly deletionArea: Interval;
  /** Area while they are inserted: higher is better. */
  readonly insertionArea: Interval;
  readonly perSample: readonly { readonly deletion: number; readonly insertion: number }[];
}

export interface DeletionInsertion {
  readonly parameters: Omit<Required<DeletionInsertionOptions>, 'sigma'> & { sigma: number };
  readonly score: ScoreKind;
  readonly methods: ReadonlyMap<string, DeletionInsertionSummary>;
  readonly random: DeletionInsertionSummary;
  /** Areas of each method less those of the random order. */
  readonly againstRandom: ReadonlyMap<
    string,
    { readonly deletion: PairedDifference; readonly insertion: PairedDifference }
  >;
  readonly warnings: readonly string[];
}

interface Curves {
  readonly deletion: Float64Array[];
  readonly insertion: Float64Array[];
}

const patchMeans = (map: Float64Array, patches: readonly Uint32Array[]): Float64Array =>
  Float64Array.from(
    patches,
    (patch) => patch.reduce((sum, place) => sum + map[place]!, 0) / patch.length,
  );

function summarise({ deletion, insertion }: Curves, draws: readonly Uint32Array[]) {
  const mean = (curves: readonly Float64Array[]): number[] =>
    Array.from(
      curves[0]!,
      (_, at) => curves.reduce((sum, curve) => sum + curve[at]!, 0) / curves.length,
    );
  const areas = {
    deletion: deletion.map((curve) => trapezoid(curve)),
    insertion: insertion.map((curve) => trapezoid(curve)),
  };
  return {
    deletion: mean(deletion),
    insertion: mean(insertion),
    deletionArea: bootstrapWith(areas.deletion, draws),
    insertionArea: bootstrapWith(areas.insertion, draws),
    perSample: areas.deletion.map((area, at) => ({
      deletion: area,
      insertion: areas.insertion[at]!,
    })),
  };
}

/** The parameters with their defaults; the blur's width follows from the size of the input.
 * @throws PatternLensError `invalid-argument` where there are not as many numbers as channels. */
function settled(
  options: DeletionInsertionOptions,
  { channels, spatial }: SampleLayout,
): DeletionInsertion['parameters'] {
  const parameters = {
    sigma: Math.max(0.5, Math.min(...spatial) / 45),
    ...resolveParameters(ID, DELETION_INSERTION_PARAMETERS, { ...options }),
  } as unknown as DeletionInsertion['parameters'];
  const { value } = parameters;
  if (typeof value === 'number' || value.length === channels) return parameters;
  throw new PatternLensError(
    'evaluate',
    'invalid-argument',
    `${ID}: value has ${value.length} numbers, the input has ${channels} channels. Give one number, or one a channel.`,
  );
}

/** Every method's summary, that of random orders, and how they differ. */
function compared(
  measured: ReadonlyMap<string, Curves>,
  random: Curves,
  draws: ReturnType<typeof resamples>,
): Pick<DeletionInsertion, 'methods' | 'random' | 'againstRandom'> {
  const methods = new Map([...measured].map(([name, curves]) => [name, summarise(curves, draws)]));
  const chance = summarise(random, draws);
  const less = (
    summary: DeletionInsertionSummary,
    key: 'deletion' | 'insertion',
  ): PairedDifference =>
    pairedDifference(
      summary.perSample.map((sample) => sample[key]),
      chance.perSample.map((sample) => sample[key]),
      draws,
    );
  return {
    methods,
    random: chance,
    againstRandom: new Map(
      [...methods].map(([name, summary]) => [
        name,
        { deletion: less(summary, 'deletion'), insertion: less(summary, 'insertion') },
      ]),
    ),
  };
}

/** Measures how the score of the predicted class falls while places are deleted, and rises while they are inserted (Petsiuk et al. 2018).
 * @throws PatternLensError `invalid-argument`, `empty-data`, `cancelled`. */
export async function measureDeletionInsertion(
  context: MetricContext,
  options: DeletionInsertionOptions = {},
): Promise<DeletionInsertion> {
  requireSamples(context, ID, 2);
  const axes = onlyInput(ID, context.network);
  const parameters = settled(options, axes);
  const { steps, patch, fill, insertFrom, maps } = parameters;
  const patches = coveringPatches(axes.spatial, patch);
  const { count } = context.data;
  const forwards = 2 * (steps + 1);
  const advance = progressOf(context, ID, count * (context.methods.length + 1) * forwards);
  await using scorer = await openScorer(context);
  const { classes } = await predictAll(context, scorer, axes.input);
  const shape = context.network.inputs[0]!.shape.slice(1) as number[];
  const states = stateScorer(scorer, shape, context.batch, (scored) => {
    advance(scored, 'curves');
  });
  const exchangeBoth = async (
    curves: Curves,
    values: TensorData,
    target: number,
    order: Uint32Array,
  ): Promise<void> => {
    const goal = { steps, target };
    const empty = baselineOf(values, axes, fill, parameters);
    curves.deletion.push(await exchange(values, empty, order, patches, axes, goal, states));
    const from = insertFrom === fill ? empty : baselineOf(values, axes, insertFrom, parameters);
    curves.insertion.push(await exchange(from, values, order, patches, axes, goal, states));
  };
  const random: Curves = { deletion: [], insertion: [] };
  const { measured, warnings } = await measureMethods(ID, context, async ({ choice }) => {
    await using explainer = await explainerFor(context, choice);
    const curves: Curves = { deletion: [], insertion: [] };
    // The random order goes along with the first method that gets as far, sample by sample.
    await explainAll(context, explainer, axes.input, classes, async (batch) => {
      const { group } = batch.explanation.recipe;
      for (let sample = 0; sample < batch.size; sample++) {
        const at = batch.first + sample;
        const values = sampleData(batch.inputs, sample);
        const map = evidence(batch.relevance, sample, axes, group, maps);
        const order = descendingOrder(patchMeans(map, patches));
        await exchangeBoth(curves, values, classes[at]!, order);
        if (random.deletion.length !== at) continue;
        const drawn = shuffled(patches.length, seedOf(context.seed, at));
        await exchangeBoth(random, values, classes[at]!, drawn);
      }
    });
    return curves;
  });
  await states.flush();
  return {
    parameters,
    score: scorer.kind,
    ...compared(measured, random, resamples(count, context.seed)),
    warnings,
  };
}
