import type { Interval } from '@patternlens/evaluate';

/** The estimators whose rho is claimed about. */
export const RHO_ESTIMATORS = ['random', 'filter', 'linear', 'two-component'] as const;
export type RhoEstimator = (typeof RHO_ESTIMATORS)[number];

/** rho of one layer on held-out samples, neuron by neuron. */
export interface LayerRho {
  readonly layer: string;
  readonly kind: 'convolution' | 'dense';
  /** Inputs of a neuron. */
  readonly dimensions: number;
  readonly neurons: number;
  /** Neurons that never fired. */
  readonly dead: number;
  /** Samples and positions: v was fitted on, correlation was taken on. */
  readonly samples: number;
  readonly heldOutSamples: number;
  readonly values: Readonly<Record<RhoEstimator, readonly (number | null)[]>>;
}

/** The orders of the degradation, from worst to best as the paper has them. */
export const ORDERS = ['random', 'S_a', 'S_w', 'S_x', 'S_a+-'] as const;
export type Order = (typeof ORDERS)[number];

/** AOPC of each order, one a sample. */
export interface DegradationNumbers {
  readonly patch: number;
  readonly steps: number;
  readonly grid: readonly number[];
  readonly aopc: Readonly<Record<Order, readonly number[]>>;
}

/** What was measured on one network. */
export interface NetworkNumbers {
  readonly id: string;
  readonly title: string;
  readonly rho: readonly LayerRho[];
  readonly degradation: DegradationNumbers | null;
  /** The sum of PatternAttribution over the explained value, one a sample. */
  readonly sums: readonly number[];
}

const fixed = (value: number | null): string =>
  (value === null ? 'none' : value.toFixed(3)).replace('-', '−');

/** `0.123 [0.100, 0.150]`. */
export const withInterval = ({ mean, low, high }: Interval): string =>
  `${fixed(mean)} [${fixed(low)}, ${fixed(high)}]`;
