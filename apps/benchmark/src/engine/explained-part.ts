import { tensor, type TensorRecord, type TracedMethod } from '@patternlens/core';
import { targetInputs } from '@patternlens/core/tracing';
import type { BenchmarkJob } from './benchmark-job.js';

/** What of a network a job's target is about: neurons of its output, unless it names a layer or a channel. */
export function explainedPart({ target = 'top' }: BenchmarkJob): {
  readonly layer?: string;
  readonly channels?: true;
} {
  if (typeof target !== 'object') return {};
  return 'layer' in target ? { layer: target.layer } : { channels: true };
}

/** What a traced program takes for a job's target, for one sample.
 * @throws PatternLensError `invalid-argument` where an index is out of range. */
export function targetOf(
  { target = 'top' }: BenchmarkJob,
  { ports, explainedShape }: Pick<TracedMethod, 'ports' | 'explainedShape'>,
): TensorRecord {
  const chosen = targetInputs(target, 1, explainedShape);
  return {
    [ports.target]: tensor(chosen.target, [1]),
    ...(ports.channel === undefined ? {} : { [ports.channel]: tensor(chosen.channel, [1]) }),
  };
}

/** What makes a traced program explain what another run explained. */
export const sameTarget = (
  { ports }: Pick<TracedMethod, 'ports'>,
  targetUsed: number,
): TensorRecord => ({
  [ports.target]: tensor(Float32Array.of(targetUsed), [1]),
  ...(ports.channel === undefined ? {} : { [ports.channel]: tensor(Float32Array.of(-1), [1]) }),
});
