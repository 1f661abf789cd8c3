import { isCancelled, sentFailure } from '../compute/call-failure.js';
import type { SamplesAsked, Wanted } from '../compute/calls/sample-supply.js';
import type { QualityTold } from '../compute/calls/quality-messages.js';
import { fitSource } from '../fit/fit-source.js';
import { supply } from '../fit/supply.js';
import type { App } from '../state/app.js';
import { layersState } from './layers-state.js';

/** Generated samples that no fit of this page sees, and how many of them v is fitted on and judged by. */
const HELD_OUT = { first: 1_000_000, regress: 1000, test: 500 } as const;

/** The samples of own files: one half for v, the other to judge it by. */
function halves(count: number): { regress: SamplesAsked; test: SamplesAsked } {
  const half = Math.floor(count / 2);
  return { regress: { count: half, from: 0 }, test: { count: count - half, from: half } };
}

let running: AbortController | undefined;

export const cancelQuality = (): void => {
  running?.abort();
};

/** Measures the quality criterion of the patterns in use, and shows it. */
export async function measureQualityHere(app: App): Promise<void> {
  const { engine, state } = app;
  const model = state.model.peek();
  const place = state.place.peek();
  const patterns = state.patterns.peek();
  if (!model || !place || !patterns) return;
  const source = fitSource(state.sets.peek(), place.set, Infinity);
  const { generated } = source.asked;
  const { first, regress, test } = HELD_OUT;
  const asked = generated
    ? {
        regress: { generated: { ...generated, first }, count: regress },
        test: { generated: { ...generated, first: first + regress }, count: test },
      }
    : halves(source.most);
  running = new AbortController();
  layersState.measuring.value = { done: 0, total: 1, what: '' };
  state.working.value = new Set([...state.working.peek(), 'quality']);
  try {
    const client = await engine.ready(state.backend.peek(), model.files, patterns);
    const value = await client.call('quality', asked, {
      signal: running.signal,
      onProgress: (told) => {
        if ('wanted' in (told as object)) void supply(client, source, told as Wanted);
        else layersState.measuring.value = (told as QualityTold).quality;
      },
    });
    layersState.quality.value = { of: `${model.facts.key} ${patterns.key}`, value };
  } catch (thrown) {
    if (!isCancelled(thrown)) {
      const { code, sentence, cause } = sentFailure(thrown);
      state.trouble.value = { code, sentence, cause };
    }
  } finally {
    layersState.measuring.value = undefined;
    state.working.value = new Set([...state.working.peek()].filter((each) => each !== 'quality'));
  }
}
