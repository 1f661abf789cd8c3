import type { CascadeAnswer } from '../compute/calls/measure-messages.js';
import type { CascadeState } from '../state/contract-state.js';
import type { Measured } from './measure-state.js';

/** What programs outside are told of a cascade: the first method that was measured, its patterns kept where it has some. */
export function cascadeTold(cascade: Measured<CascadeAnswer> | undefined): CascadeState | null {
  const [first] = cascade?.value.runs ?? [];
  if (!first) return null;
  return first.stages.map(({ layer, means }) => ({
    layer,
    similarity: means.magnitude.mean,
    method: first.method,
    patterns: first.patterns === 'kept' ? 'kept' : null,
  }));
}
