import { signal } from '@preact/signals-core';
import type { InterruptedFit, ShownPatterns } from '../compute/calls/fit-messages.js';

/** What the Fit view shows beside the state that programs read. */
export const fitRun = {
  /** Samples to fit on, as the field has them. */
  samples: signal(2000),
  estimators: signal<readonly string[]>(['linear', 'two-component']),
  shown: signal<ShownPatterns | undefined>(undefined),
  secondsLeft: signal<number | undefined>(undefined),
  /** A sentence about how the last fit ended, or about what is not kept. */
  told: signal<string | undefined>(undefined),
  interrupted: signal<InterruptedFit | undefined>(undefined),
  withMoments: signal(false),
};
