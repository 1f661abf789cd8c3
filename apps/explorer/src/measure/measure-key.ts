import type { AppState } from '../state/app-state.js';
import type { Measured } from './measure-state.js';

/** The model, the output that is explained, and its patterns: what numbers of the Measure view belong to. */
export const measureKey = ({ model, patterns }: Pick<AppState, 'model' | 'patterns'>): string =>
  JSON.stringify([
    model.value?.facts.key ?? null,
    model.value?.facts.explainedOutput ?? null,
    patterns.value?.key ?? null,
  ]);

/** What was measured, as long as it is of the model and the patterns in use. */
export const ofNow = <T>(
  state: Pick<AppState, 'model' | 'patterns'>,
  measured: Measured<T> | undefined,
): Measured<T> | undefined => (measured?.of === measureKey(state) ? measured : undefined);
