import { type ParameterSpec } from '@patternlens/core';
import {
  resolveParameters,
  type Metric,
  type MetricContext,
  type MetricResult,
} from '@patternlens/core/metrics';
import { explainAll, explainerFor } from '../context/explain-all.js';
import { measureMethods } from '../context/measure-methods.js';
import { progressOf } from '../context/progress.js';
import { batches, readInput, requireSamples, sampleData } from '../context/samples.js';
import { openScorer, predictAll } from '../context/scorer.js';
import { descendingOrder } from '../maps/descending-order.js';
import { onlyInput, type SampleLayout } from '../maps/sample-layout.js';
import { evidence, isZero, MAPS } from '../maps/position-maps.js';
import { resamples } from '../statistics/bootstrap.js';
import { seedOf, shuffled } from '../statistics/shuffled.js';
import type { Degradation, DegradationOptions } from './measured-degradation.js';
import { degrade, stepsOf } from './degrade.js';
import { degradationResult } from './degradation-result.js';
import { patchGrid, patchSums, type PatchGrid } from './patch-grid.js';
import { stateScorer, type StateScorer } from './score-states.js';
import { compareOrders, summariseOrder } from './summarise-degradation.js';

const ID = 'degradation';

const DEGRADATION_PARAMETERS = {
  patch: { default: 9, whole: true, atLeast: 1 },
  steps: { default: 100, whole: true, atLeast: 1 },
  fill: { default: 'mean', choices: ['mean', 'zero'] },
  maps: MAPS,
  leastEvery: { default: 5, whole: true, atLeast: 0 },
  randomOrders: { default: 1, whole: true, atLeast: 1 },
} as const satisfies Record<string, ParameterSpec>;

/** The patches of each sample, the most relevant first. */
async function ordersOf(
  context: MetricContext,
  axes: SampleLayout,
  grid: PatchGrid,
  maps: 'by-group' | 'signed',
  targets: readonly number[],
  advance: (count: number, what: string) => void,
) {
  return measureMethods(ID, context, async ({ name, choice }) => {
    await using explainer = await explainerFor(context, choice);
    const orders: Uint32Array[] = [];
    let zeros = 0;
    await explainAll(
      context,
      explainer,
      axes.input,
      targets,
      ({ size, relevance, explanation }) => {
        for (let sample = 0; sample < size; sample++) {
          const map = evidence(relevance, sample, axes, explanation.recipe.group, maps);
          if (isZero(map)) zeros++;
          orders.push(descendingOrder(patchSums(map, grid)));
        }
        advance(size, `${name}, maps`);
      },
    );
    return { orders, zeros };
  });
}

const mean = (curves: readonly Float64Array[]): Float64Array =>
  curves[0]!.map((_, at) => curves.reduce((sum, curve) => sum + curve[at]!, 0) / curves.length);

/** A method's curves, sample by sample: most relevant first, and least relevant first where that was asked for. */
interface MethodCurves {
  readonly curves: Float64Array[];
  readonly least: Float64Array[];
}

/** What one measurement of degradation works with. */
interface Degrading {
  readonly context: MetricContext;
  readonly parameters: Required<DegradationOptions>;
  readonly axes: SampleLayout;
  readonly grid: PatchGrid;
  readonly allSteps: readonly number[];
  readonly leastSteps: readonly number[];
  readonly predicted: { readonly classes: readonly number[]; readonly scores: readonly number[] };
}

/** The curves of every method, and those of random orders, of all samples. */
async function curvesOf(
  { context, parameters, axes, grid, allSteps, leastSteps, predicted }: Degrading,
  orders: ReadonlyMap<string, readonly Uint32Array[]>,
  states: StateScorer,
): Promise<{ methods: ReadonlyMap<string, MethodCurves>; randoms: Float64Array[][] }> {
  const { fill, leastEvery, randomOrders } = parameters;
  const methods = new Map<string, MethodCurves>(
    [...orders.keys()].map((name) => [name, { curves: [], least: [] }]),
  );
  const randoms: Float64Array[][] = [];
  for (const { first, size } of batches(context.data.count, context.batch)) {
    const inputs = await readInput(context, axes.input, first, size);
    for (let at = first; at < first + size; at++) {
      const sample = {
        values: sampleData(inputs, at - first),
        target: predicted.classes[at]!,
        score: predicted.scores[at]!,
      };
      const curve = (order: Uint32Array, wanted: readonly number[]): Promise<Float64Array> =>
        degrade(sample, order, wanted, grid, axes, fill, states);
      for (const [name, { curves, least }] of methods) {
        const order = orders.get(name)![at]!;
        curves.push(await curve(order, allSteps));
        if (leastEvery > 0) least.push(await curve(order.toReversed(), leastSteps));
      }
      const drawn: Float64Array[] = [];
      for (let draw = 0; draw < randomOrders; draw++) {
        const order = shuffled(grid.places.length, seedOf(context.seed, at, draw));
        drawn.push(await curve(order, allSteps));
      }
      randoms.push(drawn);
    }
  }
  await states.flush();
  return { methods, randoms };
}

/** Every method's summary, that of random orders, and their differences. */
function compared(
  { methods, randoms }: Awaited<ReturnType<typeof curvesOf>>,
  { context, parameters, leastSteps }: Degrading,
): Pick<Degradation, 'random' | 'methods' | 'againstRandom' | 'pairs'> {
  const draws = resamples(context.data.count, context.seed);
  const random = summariseOrder({ curves: randoms.map(mean) }, [], draws);
  const summaries = new Map(
    [...methods].map(([name, { curves, least }]) => {
      const given = { curves, least: parameters.leastEvery > 0 ? least : undefined };
      return [name, summariseOrder(given, leastSteps, draws)] as const;
    }),
  );
  const names = [...summaries.keys()];
  return {
    random,
    methods: summaries,
    againstRandom: new Map(
      names.map((name) => [name, compareOrders(summaries.get(name)!, random, draws)]),
    ),
    pairs: names.flatMap((first, at) =>
      names.slice(at + 1).map((second) => ({
        first,
        second,
        difference: compareOrders(summaries.get(first)!, summaries.get(second)!, draws),
      })),
    ),
  };
}

/** Measures how fast the score of the predicted class falls while patches are replaced, those of most relevance first.
 * @throws PatternLensError `invalid-argument`, `empty-data`, `cancelled`. */
export async function measureDegradation(
  context: MetricContext,
  options: DegradationOptions = {},
): Promise<Degradation> {
  const parameters = resolveParameters(ID, DEGRADATION_PARAMETERS, {
    ...options,
  }) as unknown as Required<DegradationOptions>;
  const { patch, maps, leastEvery, randomOrders } = parameters;
  requireSamples(context, ID, 2);
  const axes = onlyInput(ID, context.network);
  const grid = patchGrid(ID, axes.spatial, patch);
  const steps = Math.min(parameters.steps, grid.places.length);
  const leastSteps = leastEvery === 0 ? [] : stepsOf(steps, leastEvery);
  const { count } = context.data;
  const forwards = 1 + steps + Math.max(leastSteps.length - 1, 0);
  const runs = count * (context.methods.length * forwards + randomOrders * steps);
  const advance = progressOf(context, ID, runs);
  await using scorer = await openScorer(context);
  const predicted = await predictAll(context, scorer, axes.input);
  const { classes, scores } = predicted;
  const { measured, warnings } = await ordersOf(context, axes, grid, maps, classes, advance);
  const shape = context.network.inputs[0]!.shape.slice(1) as number[];
  const states = stateScorer(scorer, shape, context.batch, (scored) => {
    advance(scored, 'curves');
  });
  const allSteps = stepsOf(steps);
  const run: Degrading = { context, parameters, axes, grid, allSteps, leastSteps, predicted };
  const orders = new Map([...measured].map(([name, found]) => [name, found.orders] as const));
  const curves = await curvesOf(run, orders, states);
  const blank = [...measured].filter(([, { zeros }]) => zeros > 0);
  return {
    parameters,
    score: scorer.kind,
    grid: grid.grid,
    offset: grid.offset,
    steps,
    leastSteps,
    samples: classes.map((target, at) => ({ target, score: scores[at]! })),
    orders,
    ...compared(curves, run),
    warnings: [
      ...warnings,
      ...blank.map(
        ([name, { zeros }]) =>
          `${name}: ${zeros} of ${count} maps are zero everywhere; their patches went from the top left to the bottom right.`,
      ),
    ],
  };
}

/** Degradation of images (Kindermans et al. 2017, section 4.2). */
export const degradation: Metric = {
  id: ID,
  parameters: DEGRADATION_PARAMETERS,
  needs: ['methods'],
  measure: async (context, parameters): Promise<MetricResult> =>
    degradationResult(await measureDegradation(context, parameters)),
};
