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
  /** A word for each axis of the relevance: `channels`, `time`, `slices`, `features`. Places without a word are an index;
   * volumes need words, as a batch of images has the same shape. */
  readonly axes?: readonly string[] | undefined;
  /** The input that the relevance belongs to, where the network has several. */
  readonly inputName?: string | undefined;
  readonly recipe: Recipe;
  readonly target: ExplainedTarget;
  /** The true relevance is the given one times 2^exponent; 0 unless given. */
  readonly exponent?: number | undefined;
  /** What has to be known to read it; none unless given. */
  readonly warnings?: readonly ExplanationWarning[] | undefined;
  /** What else has to be known of it, each a fact of the caption: how the input was made, say. */
  readonly notes?: readonly string[] | undefined;
  /** What the model saw, in the same layout: shown beside the map, or beneath it as an overlay. */
  readonly input?: ShownInput | undefined;
}

export interface MapOptions extends LookOptions {
  /** Pixels per pixel of the page, a whole number; 1 unless given. */
  readonly zoom?: number | undefined;
}
