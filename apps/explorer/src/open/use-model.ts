import { batch } from '@preact/signals-core';
import type { ModelFacts } from '../compute/model-facts.js';
import type { ModelFiles } from '../compute/model-files.js';
import type { App } from '../state/app.js';
import type { OpenedPatterns } from '../state/app-state.js';
import type { SampleSet } from '../state/samples.js';

/** What comes with a model. */
export interface WithModel {
  readonly labels?: readonly string[] | undefined;
  readonly patterns?: OpenedPatterns | undefined;
  readonly sets: readonly SampleSet[];
  /** The sample that is shown first. */
  readonly index?: number | undefined;
  /** What is explained; as before where it is not given. */
  readonly target?: string | undefined;
}

/** Makes a model that was read the one that is explained, with its samples. */
export function useModel(
  { state }: App,
  files: ModelFiles,
  facts: ModelFacts,
  { labels, patterns, sets, index = 0, target }: WithModel,
): void {
  batch(() => {
    state.model.value = { files, facts, labels };
    state.patterns.value = patterns;
    state.output.value = undefined;
    state.results.value = new Map();
    state.cursor.value = undefined;
    state.sets.value = sets;
    state.place.value = sets[0] && { set: sets[0], index: Math.min(index, sets[0].count - 1) };
    state.sample.value = undefined;
    state.trouble.value = undefined;
    state.refusal.value = undefined;
    if (target !== undefined) state.target.value = target;
    const [first] = sets;
    if (first && index >= first.count)
      state.note.value = `There is no sample ${index} in ${first.source}: there are ${first.count}, from 0 on. The last is shown.`;
  });
}
