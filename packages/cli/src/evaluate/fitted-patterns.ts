import { fitPatterns, type Backend, type PatternSet } from '@patternlens/core';
import type { OpenedModel } from '../models/open-model.js';
import type { Step } from '../output/progress.js';
import { imagesPreprocessing } from '../sources/images-preprocessing.js';
import type { JoinedInputs } from '../sources/joined-inputs.js';

/** Patterns from the samples that were given for them; undefined where there are none. */
export async function fittedPatterns(
  { network }: OpenedModel,
  fit: JoinedInputs | undefined,
  options: {
    readonly backend: Backend;
    readonly signal: AbortSignal;
  },
  onProgress: (step: Step) => void,
): Promise<PatternSet | undefined> {
  if (!fit) return undefined;
  return fitPatterns(network, fit, {
    ...options,
    preprocessing: imagesPreprocessing(fit)?.hash,
    onProgress: ({ done }) => {
      onProgress({ done, total: fit.count, detail: 'patterns' });
    },
  });
}
