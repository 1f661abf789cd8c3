import { PatternLensError, type PatternSet } from '@patternlens/core';
import { hasNone } from '../models/preprocessing-choice.js';
import { imagesPreprocessing } from '../sources/images-preprocessing.js';
import type { JoinedInputs } from '../sources/joined-inputs.js';

/** Patterns mean nothing for inputs that are made in another way than those that they were fitted on.
 * @param option What errors call the option that says how they are made.
 * @throws PatternLensError `pattern-mismatch`. */
export function checkPreprocessing(
  patterns: PatternSet,
  inputs: Pick<JoinedInputs, 'preprocessing'>,
  option = 'preprocess',
): void {
  const used = imagesPreprocessing(inputs);
  if (
    patterns.preprocessing === undefined ||
    used === undefined ||
    patterns.preprocessing === used.hash
  )
    return;
  throw new PatternLensError(
    'explain',
    'pattern-mismatch',
    `patterns: they were fitted on inputs with another preprocessing than these, which have ${hasNone(used) ? 'none' : used.name}. Give the same ${option}, or fit patterns anew.`,
  );
}
