/** What can be told of one sample's explanation:
 *
 * - `sum-off-start`: the relevance sums to more than a hundred times what it started from, or to less than a hundredth; `value` is the quotient;
 * - `incomplete`: relevance that should sum to a known number (Integrated Gradients) misses it by more than 5 %; `value` is the error as a share of it;
 * - `conservation-loss`: the layer that keeps back, or makes, most of the relevance that is missing; `value` is its loss as a share of the start, negative for a gain;
 * - `near-cancellation`: relevance of both signs that nearly cancels is more than a thousand times the start; the layer whose terms nearly cancel, and `value`, how
 *   many times what arrives there it sends on;
 * - `linear-pattern`: neurons of the layer never fire in the data that patterns were fitted on and take the linear pattern; `value` counts them;
 * - `no-pattern`: the same where no linear pattern was fitted, so that nothing passes. */
export type WarningCode =
  | 'sum-off-start'
  | 'incomplete'
  | 'conservation-loss'
  | 'near-cancellation'
  | 'linear-pattern'
  | 'no-pattern';

/** What has to be known to read one sample's explanation. */
export interface ExplanationWarning {
  readonly code: WarningCode;
  /** The layer that it is about, where it is about one. */
  readonly layer?: string;
  /** A finite number; what it is depends on the code. */
  readonly value?: number;
  /** Whole sentences. */
  readonly text: string;
}

/** Numbers from here on, and below the other, are told with a power of ten. */
const LARGE = 1e6,
  SMALL = 1e-4;

/** `1230`, `0.0123`, `1.23e+24`: three digits. */
export function inWords(value: number): string {
  const size = Math.abs(value);
  return value !== 0 && (size >= LARGE || size < SMALL)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(3)));
}
