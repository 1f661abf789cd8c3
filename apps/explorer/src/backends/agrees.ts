/** What agreement is judged by: the worst of a backend's methods. */
export interface Agreeing {
  /** Relative L2 under equal gates. */
  readonly equalGates: number | null;
  /** Layers whose decisions differ by more than rounding. */
  readonly clear: readonly string[];
  /** It names the strongest class that float64 names. */
  readonly sameClass: boolean;
}

/** Whether a backend gives the explanation that float64 gives; false where it gave none. */
export const agrees = ({ equalGates, clear, sameClass }: Agreeing, limit: number): boolean =>
  equalGates !== null && equalGates <= limit && clear.length === 0 && sameClass;
