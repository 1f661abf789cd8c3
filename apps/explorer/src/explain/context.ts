import type { Target } from '@patternlens/core';
import type { BackendId } from '../compute/backend-ids.js';
import type { AppState, OpenedModel, OpenedPatterns } from '../state/app-state.js';
import type { Sample } from '../state/samples.js';
import { readTarget } from './target.js';

/** Everything that an explanation depends on but its method. */
export interface Context {
  /** Tells one from another. */
  readonly key: string;
  /** The model, its patterns and the backend. */
  readonly modelKey: string;
  readonly sampleKey: string;
  readonly model: OpenedModel;
  readonly patterns: OpenedPatterns | undefined;
  readonly sample: Sample;
  readonly target: Target;
  readonly backend: BackendId;
}

/** What is to be explained now; undefined until there is a model and a sample. */
export function contextOf({ state }: { readonly state: AppState }): Context | undefined {
  const model = state.model.value;
  const current = state.sample.value;
  if (!model || !current) return undefined;
  const target = readTarget(state.target.value, model);
  if (typeof target === 'object' && 'problem' in target) return undefined;
  const patterns = state.patterns.value;
  const backend = state.backend.value;
  const modelKey = JSON.stringify([
    model.facts.key,
    model.facts.explainedOutput,
    patterns?.key ?? null,
    backend,
  ]);
  const sampleKey = JSON.stringify([current.set.key, current.index]);
  const key = JSON.stringify([modelKey, sampleKey, target]);
  return {
    ...{ key, modelKey, sampleKey, model, patterns, target, backend },
    sample: current.sample,
  };
}

/** What the model's output depends on. */
export const outputKey = ({ model, sampleKey }: Pick<Context, 'model' | 'sampleKey'>): string =>
  JSON.stringify([model.facts.key, model.facts.explainedOutput, sampleKey]);
