/** Why something gave no result. */
export interface Failure {
  /** `lacking`: it can't, and says so; `failed`: it should have. */
  readonly kind: 'lacking' | 'failed';
  /** A sentence. */
  readonly reason: string;
  /** The runtime's own message. */
  readonly cause?: string | undefined;
}
