import {
  fitPatterns,
  type CanonicalNetwork,
  type PatternSet,
  type SampleSource,
} from '@patternlens/core';
import { isFitted, toNeuronMajor } from '@patternlens/core/network';
import { patternsOf, type FitCheckpoint } from '@patternlens/core/patterns';
import { isCancelled, sentFailure } from '../compute/call-failure.js';
import type { CallContext } from '../compute/call-context.js';
import type { FitAnswer, FitAsked, FitTold, ShownPatterns } from '../compute/calls/fit-messages.js';
import { samplesFrom } from '../compute/calls/sample-supply.js';
import { patternFacts } from '../compute/calls/use-patterns.js';
import { backendOf, modelOf, type Session } from '../compute/session.js';
import { inputsOf } from '../layers/describe-layer.js';
import { cosinesOf, shownDirection } from './cosines.js';
import { checkpointOf, dropCheckpoint, keepCheckpoint, type FitOf } from './kept-checkpoint.js';
import { patternFile } from './pattern-bytes.js';

/** Seconds between pictures of patterns as they form, and between checkpoints that are kept. */
const SHOWN_EVERY = 0.5;
const KEPT_EVERY = 10;

/** A layer's patterns for a picture. */
function shownOf(
  network: CanonicalNetwork,
  patterns: PatternSet,
  layer: string,
  before: PatternSet | undefined,
): ShownPatterns | undefined {
  const pattern = patterns.layers.get(layer);
  if (!pattern) return undefined;
  const { shape, data } = toNeuronMajor(pattern.layout, shownDirection(pattern));
  const drawn = network.layers.filter(isFitted).find(({ name }) => name === layer)!;
  return {
    inputs: inputsOf(drawn, shape[1]!),
    samples: patterns.samples,
    direction: { shape, data: Float32Array.from(data) },
    counts: pattern.counts,
    cosines: cosinesOf(patterns, before),
  };
}

/** Waits before every block while the fit is paused, unless it is stopped. */
const pausing = ({ fit }: Session, source: SampleSource, signal: AbortSignal): SampleSource => ({
  count: source.count,
  read: async (first, count) => {
    while (fit.paused && !signal.aborted)
      await Promise.race([
        fit.paused,
        new Promise((done) => {
          signal.addEventListener('abort', done, { once: true });
        }),
      ]);
    return source.read(first, count);
  },
});

/** Keeps checkpoints now and then; where the browser does not, says so once. */
function keeper(session: Session, of: FitOf, tell: (told: FitTold) => void) {
  const { network } = modelOf(session);
  let last = performance.now();
  let isForbidden = false;
  return async (checkpoint: FitCheckpoint, now: boolean): Promise<void> => {
    if (isForbidden || (!now && performance.now() - last < KEPT_EVERY * 1000)) return;
    try {
      await keepCheckpoint(network, of, checkpoint);
    } catch (cause) {
      isForbidden = true;
      tell({ notKept: sentFailure(cause).sentence });
    }
    last = performance.now();
  };
}

/** Fits patterns on the worker's backend, showing them as they form. A fit that is stopped gives the patterns of what it has seen.
 * @throws PatternLensError as `fitPatterns` does; `cancelled` where it was stopped before its first checkpoint. */
export async function runFit(
  session: Session,
  { samples, source, estimators, preprocessing, shown, resume }: FitAsked,
  context: CallContext,
): Promise<FitAnswer> {
  const { network } = modelOf(session);
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = (): void => {
    stopping.abort();
  };
  session.fit.stop = stop;
  // A fit before this one may have been stopped while it was paused.
  session.fit.paused = undefined;
  context.signal.addEventListener('abort', stop);
  const tell = (told: FitTold): void => {
    context.progress(told);
  };
  const of: FitOf = { source, total: samples.count, preprocessing };
  const keep = keeper(session, of, tell);
  const before = session.patterns;
  let partial: PatternSet | undefined;
  const data = pausing(session, samplesFrom(session, samples, context), signal);
  const options = { estimators, preprocessing };
  const done = async (patterns: PatternSet, stopped: boolean): Promise<FitAnswer> => {
    session.fit.fitted = patterns;
    const last = shownOf(network, patterns, shown, before);
    if (last) tell({ shown: last });
    return { bytes: await patternFile(patterns, false), facts: patternFacts(patterns), stopped };
  };
  try {
    const patterns = await fitPatterns(network, data, {
      ...options,
      backend: backendOf(session),
      signal,
      resume: resume ? await checkpointOf(network, of) : undefined,
      checkpointSeconds: SHOWN_EVERY,
      onProgress: ({ done: seen, total = samples.count, imagesPerSecond, secondsLeft }) => {
        tell({ fit: { done: seen, total, imagesPerSecond, secondsLeft } });
      },
      onCheckpoint: async (checkpoint) => {
        if (checkpoint.samples === 0) return;
        partial = await patternsOf(network, checkpoint, options);
        const picture = shownOf(network, partial, shown, before);
        if (picture) tell({ shown: picture });
        await keep(checkpoint, signal.aborted);
      },
    });
    await dropCheckpoint(network);
    return await done(patterns, false);
  } catch (thrown) {
    if (isCancelled(thrown) && partial) return done(partial, true);
    throw thrown;
  }
}
