import type { Engine } from '../compute/engine.js';
import type { AppState } from './app-state.js';
import type { Explanation } from '@patternlens/core';

/** What explains the current sample. */
export interface Explaining {
  /** Stops what runs; maps before stay. */
  readonly cancel: () => void;
  /** Runs a method again that was cancelled, failed, or was held back since it takes long. */
  readonly again: (text: string) => void;
  /** Explanations of the current model by a method that are kept, one a sample: what a scale over samples is made of. */
  readonly explained: (text: string) => readonly Explanation[];
}

/** What every view is given: the state, and the workers that compute. */
export interface App {
  readonly state: AppState;
  readonly engine: Engine;
  readonly explaining: Explaining;
  /** Addresses of the page's own files, relative to the page. */
  readonly address: (path: string) => string;
}
