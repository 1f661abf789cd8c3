import { fitPatterns, type Backend, type PatternSet } from '@patternlens/core';
import { imagesPreprocessing, type JoinedInputs } from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';
import type { Step } from '../output/progress.js';

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
