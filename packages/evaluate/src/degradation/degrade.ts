import type { TensorData } from '@patternlens/core';
import type { SampleLayout } from '../maps/sample-layout.js';
import { fillPatch, type Fill } from './fill-patch.js';
import type { PatchGrid } from './patch-grid.js';
import type { StateScorer } from './score-states.js';

export interface DegradedSample {
  readonly values: TensorData;
  readonly target: number;
  /** The score before anything is replaced. */
  readonly score: number;
}

/** The scores after 0, 1, 2 ... patches are replaced in the given order; only at the steps that are asked for.
 * The curve is whole once the scorer has been flushed. */
export async function degrade(
  { values, target, score }: DegradedSample,
  order: Uint32Array,
  wanted: readonly number[],
  { places }: PatchGrid,
  axes: SampleLayout,
  fill: Fill,
  states: StateScorer,
): Promise<Float64Array> {
  const curve = new Float64Array(wanted.length);
  const state = values.slice();
  let step = 0;
  for (const [at, next] of wanted.entries()) {
    for (; step < next; step++) fillPatch(state, places[order[step]!]!, axes, fill);
    if (next === 0) curve[at] = score;
    else
      await states.add(state, target, (score) => {
        curve[at] = score;
      });
  }
  return curve;
}

/** Steps 0 to `last`, every so many, the last always. */
export function stepsOf(last: number, every = 1): number[] {
  const steps: number[] = [];
  for (let step = 0; step < last; step += every) steps.push(step);
  return [...steps, last];
}

/** Area over the perturbation curve (Samek et al. 2017): the mean drop over all steps, the first included. */
export function aopc(curve: Float64Array): number {
  return curve.reduce((sum, score) => sum + curve[0]! - score, 0) / curve.length;
}
