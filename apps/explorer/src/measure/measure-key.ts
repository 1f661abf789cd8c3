import type { AppState } from '../state/app-state.js';

/** The model, the output that is explained, and its patterns: what numbers of the Measure view belong to. */
export const measureKey = ({ model, patterns }: Pick<AppState, 'model' | 'patterns'>): string =>
  JSON.stringify([
    model.value?.facts.key ?? null,
    model.value?.facts.explainedOutput ?? null,
    patterns.value?.key ?? null,
  ]);
