import type { App } from '../state/app.js';
import { MEASURE_WORDS } from '../words/measure.js';
import type { Measured } from './measure-state.js';

/** Of what state numbers are: they are dropped once the model or its patterns are others, so that those in use are theirs. */
export function measuredOn(
  { state }: App,
  { backend, seconds }: Measured<unknown>,
  samples: number,
): string {
  const patterns = state.patterns.value;
  return MEASURE_WORDS.measuredOn(
    samples,
    MEASURE_WORDS.patterns(patterns?.source, patterns?.facts.samples),
    backend,
    seconds,
  );
}
