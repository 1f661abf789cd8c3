import type { SentFailure } from './call-failure.js';

/** What the page sends to a worker. */
export type Request =
  | { readonly id: number; readonly call: string; readonly given: unknown }
  | { readonly id: number; readonly cancel: true };

/** What a worker says by itself: that it listens, and the name of the lock that it holds as long as it lives. */
export type Greeting = 'listening' | { readonly alive: string };

/** What a worker sends back: an answer, or how far a call is. */
export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: SentFailure }
  | { readonly id: number; readonly progress: unknown };
