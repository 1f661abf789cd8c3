import { signal } from '@preact/signals-core';
import type { QualityReport } from '@patternlens/evaluate';
import type { InnerRelevance } from '../compute/calls/inner-messages.js';
import type { LayerFacts } from '../compute/calls/layer-messages.js';

/** What the Layers view shows. */
export const layersState = {
  /** The layer that is looked at, by its name; the first where it is of another model. */
  layer: signal<string | undefined>(undefined),
  facts: signal<{ readonly of: string; readonly value: LayerFacts } | undefined>(undefined),
  /** Why there are none. */
  reason: signal<string | undefined>(undefined),
  /** The relevance at every layer, and what it is of. */
  inner: signal<
    | { readonly of: string; readonly method: string; readonly value: readonly InnerRelevance[] }
    | undefined
  >(undefined),
  isTracing: signal(false),
  quality: signal<{ readonly of: string; readonly value: QualityReport } | undefined>(undefined),
  measuring: signal<
    { readonly done: number; readonly total: number; readonly what: string } | undefined
  >(undefined),
};
