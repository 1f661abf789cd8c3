import type { TensorData } from '@patternlens/core';
import type { SampleLayout } from '../maps/sample-layout.js';
import type { StateScorer } from './score-states.js';

/** Scores while patches of `from` become those of `to`, in order, in equal steps. */
export async function exchange(
  from: TensorData,
  to: TensorData,
  order: Uint32Array,
  patches: readonly Uint32Array[],
  { channels, channelStep, places }: SampleLayout,
  { steps, target }: { readonly steps: number; readonly target: number },
  states: StateScorer,
): Promise<Float64Array> {
  const curve = new Float64Array(steps + 1);
  const state = from.slice();
  let done = 0;
  for (let step = 0; step <= steps; step++) {
    for (const wanted = Math.round((step / steps) * order.length); done < wanted; done++) {
      for (const position of patches[order[done]!]!)
        for (let channel = 0; channel < channels; channel++) {
          const at = channel * channelStep + places[position]!;
          state[at] = to[at]!;
        }
    }
    await states.add(state, target, (score) => {
      curve[step] = score;
    });
  }
  return curve;
}
