import { signal } from '@preact/signals-core';
import type { InputAxes } from '@patternlens/core/network';
import type { MethodGroup, Tensor } from '@patternlens/core';
import { sampleAxes } from './sample-axes.js';

/** How well a map finds what is known to decide the class, 0 to 1. */
export interface TruthScores {
  readonly rank: number;
  readonly mass: number;
}

const evaluation = signal<typeof import('./truth-metrics.js') | undefined>(undefined);
let asked = false;

/** Loads the metrics when the first map is to be scored. */
function metrics(): typeof import('./truth-metrics.js') | undefined {
  if (!asked) {
    asked = true;
    void import('./truth-metrics.js').then((loaded) => {
      evaluation.value = loaded;
    });
  }
  return evaluation.value;
}

const known = new WeakMap<object, { readonly mask: object; readonly scores: TruthScores }>();

/** Scores of one sample's relevance, or of the input itself as a map of magnitudes (`function`); undefined until the metrics are loaded, and where the mask is empty. */
export function truthScores(
  values: Tensor,
  axes: InputAxes,
  group: MethodGroup,
  mask: Tensor,
): TruthScores | undefined {
  const before = known.get(values.data);
  if (before?.mask === mask.data) return before.scores;
  const loaded = metrics();
  if (!loaded) return undefined;
  const strength = loaded.mapStrengths(values, sampleAxes(axes), group);
  const rank = loaded.rankAccuracy(strength, mask.data);
  if (rank === null || strength.length !== mask.data.length) return undefined;
  const scores = { rank, mass: loaded.massAccuracy(strength, mask.data) };
  known.set(values.data, { mask: mask.data, scores });
  return scores;
}

/** What a random map scores on average, in both: the share of the mask. */
export function randomScore({ data }: Tensor): number {
  let inside = 0;
  for (const value of data) if (value !== 0) inside++;
  return inside / data.length;
}
