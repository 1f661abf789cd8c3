import { bytesSource, mergePatterns, readPatterns } from '@patternlens/core';
import { adoptPatterns } from '@patternlens/core/patterns';
import { CallFailure } from '../compute/call-failure.js';
import type { FitAnswer } from '../compute/calls/fit-messages.js';
import { patternFacts } from '../compute/calls/use-patterns.js';
import { modelOf, type Session } from '../compute/session.js';
import { patternFile } from './pattern-bytes.js';

/** Patterns of the last fit and of a file, as one fit of all their samples would give them.
 * @throws PatternLensError `pattern-mismatch` where the file is of another network, of other preprocessing, or has no moments. */
export async function mergeInto(session: Session, bytes: Uint8Array): Promise<FitAnswer> {
  const { network } = modelOf(session);
  const given = adoptPatterns(await readPatterns(bytesSource(bytes)), network);
  const before = session.fit.fitted;
  if (!before)
    throw new CallFailure({
      code: 'invalid-argument',
      sentence: 'There is nothing to merge with yet. Fit patterns first, then add the file.',
      subject: {},
    });
  const merged = await mergePatterns([before, given], { names: ['this page', 'the file'] });
  session.fit.fitted = merged;
  return {
    bytes: await patternFile(merged, false),
    facts: patternFacts(merged),
    stopped: false,
  };
}
