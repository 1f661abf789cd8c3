import { PatternLensError } from '../errors.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import type { Network } from '../network/network.js';
import type { Tensor } from '../tensor/tensor.js';
import { fingerprintOf, firstDifference, type LayerFingerprint } from './fingerprint.js';

/** Kinds of direction that a pattern file holds: of all samples, of the positive regime, of the negative one. */
export const PATTERN_KINDS = ['linear', 'positive', 'negative'] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

/** The fitted directions of one linear layer, in the layout of its weights. */
export interface Pattern {
  readonly directions: Readonly<Partial<Record<PatternKind, Tensor>>>;
  /** Positive firings of each neuron. */
  readonly counts: Float64Array;
  /** Samples (and positions) that were seen. */
  readonly samples: number;
}

/** Patterns of a network's linear layers, with where they came from. */
export interface PatternSet {
  readonly fingerprint: readonly LayerFingerprint[];
  readonly layers: ReadonlyMap<string, Pattern>;
  /** What the patterns were made from; patterns with moments can be merged. */
  readonly moments?: ReadonlyMap<string, LayerMoments>;
  /** Inputs that were seen. */
  readonly samples: number;
  readonly estimators: readonly string[];
  /** Which preprocessing the inputs went through; undefined where that is not known. */
  readonly preprocessing?: string;
}

/** Neurons that fire rarely: fewer than this many times, their patterns mean little. */
export const RARE = 10;

/** @throws PatternLensError `pattern-mismatch` naming the first layer that differs. */
export function checkFingerprint(patterns: PatternSet, network: Network): void {
  const difference = firstDifference(patterns.fingerprint, fingerprintOf(network));
  if (difference === undefined) return;
  throw new PatternLensError(
    'pattern-mismatch',
    `[core] patterns: they were fitted for another network: ${difference}. Fit patterns for this one.`,
  );
}
