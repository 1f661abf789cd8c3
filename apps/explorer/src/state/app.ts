import type { Engine } from '../compute/engine.js';
import type { AppState } from './app-state.js';

/** What every view is given: the state, and the workers that compute. */
export interface App {
  readonly state: AppState;
  readonly engine: Engine;
  /** Addresses of the page's own files, relative to the page. */
  readonly address: (path: string) => string;
}
