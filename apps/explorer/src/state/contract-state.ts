import type { Tensor } from '@patternlens/core';
import type { BackendId } from '../compute/backend-ids.js';

/** A backend of a comparison, side by side with the others. */
export interface ComparedBackend {
  readonly id: BackendId;
  readonly status: 'done' | 'pending' | 'lacking' | 'failed';
  /** Milliseconds of a warm explanation. */
  readonly ms: number | null;
  /** Relative L2 distance to float64, under the backend's own gates; and with each taking its own. */
  readonly equalGates: number | null;
  readonly freeGates: number | null;
  /** Decisions that differ. */
  readonly flips: number | null;
  readonly reason?: string;
}

/** Relevance of a backend of the last comparison, by method. */
export type ComparedRelevance = ReadonlyMap<
  string,
  ReadonlyMap<string, { readonly relevance: Tensor; readonly exponent: number }>
>;

export interface FitState {
  readonly status: 'idle' | 'running' | 'paused' | 'done' | 'cancelled';
  readonly done: number;
  readonly total: number;
  readonly imagesPerSecond: number;
}

/** The toy of the plane: the angle of the distractor in degrees, the weights, the pattern. */
export interface ToyState {
  readonly angle: number;
  readonly w: readonly [x: number, y: number];
  readonly a: readonly [x: number, y: number];
}

export interface DegradationState {
  readonly method: string;
  /** Patches that are removed in the image that is shown. */
  readonly step: number;
  readonly steps: number;
  /** The explained score there. */
  readonly score: number;
}

/** How alike the maps of the first method that was measured still are, layers drawn anew one after the other from the top. */
export type CascadeState = readonly {
  readonly layer: string;
  /** Rank correlation of magnitudes; null where it can't be told. */
  readonly similarity: number | null;
  readonly method: string;
  /** Of methods with patterns: those of the trained network. */
  readonly patterns: 'kept' | null;
}[];

export interface TourState {
  readonly step: number;
  readonly of: number;
}
