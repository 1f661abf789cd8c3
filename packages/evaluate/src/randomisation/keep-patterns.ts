import { type CanonicalNetwork, type PatternSet } from '@patternlens/core';
import { adoptPatterns, fingerprintOf } from '@patternlens/core/patterns';

/** The patterns of a network as those of one whose weights were drawn anew: what they were fitted to no longer holds, which is what is asked.
 * @throws PatternLensError `pattern-mismatch` where they are of another network than `original`. */
export function keepPatterns(
  patterns: PatternSet,
  original: CanonicalNetwork,
  randomised: CanonicalNetwork,
): PatternSet {
  return { ...adoptPatterns(patterns, original), fingerprint: fingerprintOf(randomised) };
}
