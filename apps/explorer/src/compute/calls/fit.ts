import type { FitAnswer, FitAsked, InterruptedFit } from './fit-messages.js';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';

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
