import type { Target } from '@patternlens/core';
import type { App } from '../state/app.js';
import type { OpenedModel, OpenedPatterns } from '../state/app-state.js';
import type { Sample, SamplePlace } from '../state/samples.js';
import { contextOf } from '../explain/context.js';

/** What is compared: everything that explanations depend on but the method and the backend. */
export interface ComparedSetting {
  /** Tells one from another. */
  readonly key: string;
  readonly model: OpenedModel;
  readonly patterns: OpenedPatterns | undefined;
  readonly place: SamplePlace;
  readonly sample: Sample;
  readonly target: Target;
  /** The target as it is written. */
  readonly targetText: string;
}

/** What would be compared now; undefined until there is a model and a sample. */
export function comparedSetting(app: App): ComparedSetting | undefined {
  const { state } = app;
  const context = contextOf(app);
  const place = state.sample.value;
  if (!context || !place) return undefined;
  const { model, patterns, sample, target } = context;
  const key = JSON.stringify([
    model.facts.key,
    model.facts.explainedOutput,
    place.set.key,
    place.index,
    target,
    patterns?.key ?? null,
  ]);
  return { key, model, patterns, place, sample, target, targetText: state.target.value };
}

/** What a setting's sample is called. */
export const sampleName = ({ place }: ComparedSetting): string => place.set.nameOf(place.index);
