import type { PatternSet } from '@patternlens/core';
import type { PatternFacts } from '../compute/calls/use-patterns.js';

/** What the page is told of patterns. */
export const patternFacts = (patterns: PatternSet): PatternFacts => ({
  samples: patterns.samples,
  layers: [...patterns.layers.keys()],
  estimators: patterns.estimators,
  preprocessing: patterns.preprocessing,
});
