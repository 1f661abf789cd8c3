import type { Canonizer } from './canonizer.js';
import { cutHead } from './cut-head.js';
import { dropIdentities } from './drop-identities.js';
import { foldForward } from './fold-forward.js';
import { foldNormalisation } from './fold-normalisation.js';
import { keepExplained } from './keep-explained.js';
import { mergePadding } from './merge-padding.js';
import { recogniseActivations } from './recognise-activations.js';

/** The canonizers that PatternLens brings; those of plug-ins must have other names. */
export const BUILT_IN_CANONIZERS: readonly Canonizer[] = [
  dropIdentities,
  cutHead,
  keepExplained,
  recogniseActivations,
  mergePadding,
  foldNormalisation,
  foldForward,
];
