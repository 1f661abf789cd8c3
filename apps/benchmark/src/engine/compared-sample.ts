import type { AgreementResult } from '../report/benchmark-report.js';

/** One sample's relevance on a backend and by the reference: in float64 and true to its exponent, by input. */
export interface ComparedSample {
  readonly own: readonly Float64Array[];
  /** The reference's, under the decisions that the backend took. */
  readonly underOwnGates: readonly Float64Array[];
  /** The reference's, which decided for itself. */
  readonly free: readonly Float64Array[];
  /** Both took all decisions alike. */
  readonly sameGates: boolean;
  /** Both name the same strongest output; true where the target is given. */
  readonly sameClass: boolean;
  readonly flips: AgreementResult['flips'];
}

/** Compares a method on a backend with the reference, one sample after the other. */
export interface SampleComparer {
  /** @param at The sample's index in the job. */
  readonly compare: (at: number) => Promise<ComparedSample>;
  readonly dispose: () => Promise<void>;
}
