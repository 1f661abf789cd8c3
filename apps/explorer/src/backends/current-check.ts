import { signal, type Signal } from '@preact/signals-core';
import type { App } from '../state/app.js';

/** How near the maps on the screen are to float64. */
export type CurrentCheck =
  | { readonly status: 'none' | 'running' }
  /** A large network: a person has to ask. */
  | { readonly status: 'offered'; readonly run: () => void }
  /** The largest relative L2 distance over the methods, under equal gates. */
  | { readonly status: 'done'; readonly error: number; readonly isEqual: boolean }
  | { readonly status: 'failed'; readonly sentence: string };

const checks = new WeakMap<App, Signal<CurrentCheck>>();

/** What is known of the current maps. */
export function checkOf(app: App): Signal<CurrentCheck> {
  const before = checks.get(app);
  if (before) return before;
  const made = signal<CurrentCheck>({ status: 'none' });
  checks.set(app, made);
  return made;
}
