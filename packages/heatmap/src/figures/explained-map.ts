import type { ExplanationWarning, Recipe, Tensor } from '@patternlens/core';
import type { ShownInput } from '../looks/input-drawing.js';
import type { LookOptions } from '../looks/look.js';
import type { Layout } from '../maps/geometry.js';
import type { ExplainedTarget } from '../words/target-text.js';

/** One sample explained by one method. */
export interface ExplainedMap {
  /** Raw, signed relevance of the sample, without the batch axis. */
  readonly relevance: Tensor;
  readonly layout: Layout;
  readonly recipe: Recipe;
  readonly target: ExplainedTarget;
  /** The true relevance is the given one times 2^exponent; 0 unless given. */
  readonly exponent?: number | undefined;
  /** What has to be known to read it; none unless given. */
  readonly warnings?: readonly ExplanationWarning[] | undefined;
  /** What the model saw, in the same layout: shown beside the map, or beneath it as an overlay. */
  readonly input?: ShownInput | undefined;
}

export interface MapOptions extends LookOptions {
  /** Pixels per pixel of the page, a whole number; 1 unless given. */
  readonly zoom?: number | undefined;
}
