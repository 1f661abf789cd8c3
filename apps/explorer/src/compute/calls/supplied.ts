import type { TensorRecord } from '@patternlens/core';

/** Samples that the page read for a call. */
export interface Supplied {
  readonly token: number;
  /** Samples with their batch at axis 0; undefined where the page can't read them. */
  readonly inputs?: TensorRecord | undefined;
  readonly reason?: string | undefined;
}
