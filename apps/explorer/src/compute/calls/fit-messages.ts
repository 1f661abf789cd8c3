import type { LayerFacts } from './layer-messages.js';
import type { SamplesAsked } from './sample-supply.js';
import type { PatternFacts } from './use-patterns.js';

export interface FitAsked {
  readonly samples: SamplesAsked;
  /** What the samples are, in words: a fit goes on only over the same. */
  readonly source: string;
  readonly estimators: readonly string[];
  /** Identifies the preprocessing of the samples. */
  readonly preprocessing?: string | undefined;
  /** The layer whose patterns are drawn while they form. */
  readonly shown: string;
  /** Go on from the checkpoint of a fit that was interrupted. */
  readonly resume: boolean;
}

/** A layer's directions as they are, neuron by neuron. */
export interface ShownPatterns {
  readonly samples: number;
  /** How a neuron's inputs stand. */
  readonly inputs: LayerFacts['inputs'];
  /** `[neurons, inputs]`, of the positive regime where there is one. */
  readonly direction: { readonly shape: readonly number[]; readonly data: Float32Array };
  readonly counts: Float64Array;
  /** By layer: the cosine between its patterns and those in use before, mean over neurons. */
  readonly cosines: readonly { readonly layer: string; readonly cosine: number }[];
}

interface FitProgressTold {
  readonly done: number;
  readonly total: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number | undefined;
}

/** What is told while a fit runs; besides, samples are asked for. */
export interface FitTold {
  readonly fit?: FitProgressTold | undefined;
  readonly shown?: ShownPatterns | undefined;
  /** Why checkpoints can't be kept. */
  readonly notKept?: string | undefined;
}

/** A fit that was interrupted: what it was of, and how far it was. */
export interface InterruptedFit {
  readonly source: string;
  readonly samples: number;
  readonly total: number;
}

export interface FitAnswer {
  /** A pattern file without moments. */
  readonly bytes: Uint8Array;
  readonly facts: PatternFacts;
  /** The fit was stopped before it had seen all samples. */
  readonly stopped: boolean;
}
