import { PatternLensError, type PatternSet } from '@patternlens/core';
import type { JoinedInputs } from '../sources/joined-inputs.js';

/** Patterns mean nothing for inputs that are made in another way than those that they were fitted on.
 * @throws PatternLensError `pattern-mismatch`. */
export function checkPreprocessing(patterns: PatternSet, { preprocessing }: JoinedInputs): void {
  if (
    patterns.preprocessing === undefined ||
    preprocessing === undefined ||
    patterns.preprocessing === preprocessing
  )
    return;
  throw new PatternLensError(
    'cli',
    'pattern-mismatch',
    'patterns: they were fitted on inputs with another preprocessing than these. Give the same --preprocess file, or fit patterns anew.',
  );
}
