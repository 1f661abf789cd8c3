import type { ScoreKind } from '../context/scorer.js';
import type { PairedDifference } from '../statistics/paired.js';
import type { Fill } from './fill-patch.js';
import type { OrderSummary } from './summarise-degradation.js';

export interface DegradationOptions {
  /** Side of a patch; default 9. */
  readonly patch?: number;
  /** Patches that are replaced, one after the other, as many as there are at most; default 100. */
  readonly steps?: number;
  /** What a patch is replaced by; default its own mean in each channel. */
  readonly fill?: Fill;
  /** How maps that are no attributions are summed; default by their magnitudes. */
  readonly maps?: 'by-group' | 'signed';
  /** Least relevance first is scored after every so many steps; 0 leaves it out. Default 5. */
  readonly leastEvery?: number;
  /** Random orders of a sample that are averaged; default 1. */
  readonly randomOrders?: number;
}

/** Degradation of images (Kindermans et al. 2017, section 4.2), whole. */
export interface Degradation {
  readonly parameters: Required<DegradationOptions>;
  readonly score: ScoreKind;
  readonly grid: readonly number[];
  readonly offset: readonly number[];
  /** Steps that were taken: no more than there are patches. */
  readonly steps: number;
  readonly leastSteps: readonly number[];
  readonly samples: readonly { readonly target: number; readonly score: number }[];
  /** By method: the patches of each sample in the order in which they are replaced, by their numbers in row-major order. */
  readonly orders: ReadonlyMap<string, readonly Uint32Array[]>;
  readonly random: OrderSummary;
  readonly methods: ReadonlyMap<string, OrderSummary>;
  /** AOPC of each method less that of the random order. */
  readonly againstRandom: ReadonlyMap<string, PairedDifference>;
  /** AOPC of each method less that of each later one. */
  readonly pairs: readonly {
    readonly first: string;
    readonly second: string;
    readonly difference: PairedDifference;
  }[];
  readonly warnings: readonly string[];
}
