import type { SamplesAsked } from './sample-supply.js';

export interface QualityAsked {
  /** Samples that v is fitted on, and those that it is judged by. */
  readonly regress: SamplesAsked;
  readonly test: SamplesAsked;
}

export interface QualityTold {
  readonly quality: { readonly done: number; readonly total: number; readonly what: string };
}
