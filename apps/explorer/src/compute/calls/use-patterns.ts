import { bytesSource, readPatterns, type PatternSet } from '@patternlens/core';
import { adoptPatterns } from '@patternlens/core/patterns';
import { dropExplainers, modelOf, type Session } from '../session.js';

/** What the page knows of patterns. */
export interface PatternFacts {
  readonly samples: number;
  readonly layers: readonly string[];
  readonly estimators: readonly string[];
  /** Identifies the preprocessing of the samples that they were fitted on. */
  readonly preprocessing: string | undefined;
}

/** What the page is told of patterns. */
export const patternFacts = (patterns: PatternSet): PatternFacts => ({
  samples: patterns.samples,
  layers: [...patterns.layers.keys()],
  estimators: patterns.estimators,
  preprocessing: patterns.preprocessing,
});

/** Takes the patterns of a file for the model; without bytes, takes them away. Those before stay where these are refused.
 * @throws PatternLensError `invalid-file`, or `pattern-mismatch` naming the first layer that differs. */
export async function usePatterns(
  session: Session,
  bytes: Uint8Array | undefined,
): Promise<PatternFacts | undefined> {
  const { network } = modelOf(session);
  const patterns = bytes && adoptPatterns(await readPatterns(bytesSource(bytes)), network);
  await dropExplainers(session);
  session.patterns = patterns;
  return patterns && patternFacts(patterns);
}
