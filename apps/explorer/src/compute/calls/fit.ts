import type { PatternFacts } from './use-patterns.js';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';
import type { LayerFacts } from './layer-details.js';
import type { SamplesAsked } from './sample-supply.js';

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

export interface FitProgressTold {
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

/** Fits patterns on this worker's backend. A fit that is stopped gives the patterns of what it has seen. */
export const fit = async (
  session: Session,
  asked: FitAsked,
  context: CallContext,
): Promise<FitAnswer> => {
  const { runFit } = await import('../../fit/run-fit.js');
  return runFit(session, asked, context);
};

/** Lets a fit wait, or go on. */
export function pauseFit({ fit: held }: Session, isPaused: boolean): Promise<void> {
  held.goOn?.();
  held.goOn = undefined;
  held.paused = isPaused
    ? new Promise((goOn) => {
        held.goOn = goOn;
      })
    : undefined;
  return Promise.resolve();
}

/** Stops the fit under way: it answers with the patterns of what it has seen. */
export function stopFit({ fit: held }: Session): Promise<void> {
  held.stop?.();
  return Promise.resolve();
}

/** The fit that was interrupted, where this browser kept one for the model: how many samples of what it had seen. */
export const interruptedFit = async (
  session: Session,
  discard: boolean,
): Promise<InterruptedFit | undefined> => {
  const { keptFit } = await import('../../fit/kept-checkpoint.js');
  return keptFit(session, discard);
};

/** The patterns of the last fit as a file, with moments where they are wanted. */
export const fittedFile = async (
  session: Session,
  withMoments: boolean,
): Promise<Uint8Array | undefined> => {
  const { patternFile } = await import('../../fit/pattern-bytes.js');
  return session.fit.fitted && patternFile(session.fit.fitted, withMoments);
};

/** Adds a pattern file with moments to the patterns of the last fit. */
export const mergeFile = async (session: Session, bytes: Uint8Array): Promise<FitAnswer> => {
  const { mergeInto } = await import('../../fit/merge-into.js');
  return mergeInto(session, bytes);
};
