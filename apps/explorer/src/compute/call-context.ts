/** What a call gets beside its arguments. */
export interface CallContext {
  readonly signal: AbortSignal;
  /** Tells the page how far the call is. */
  readonly progress: (value: unknown) => void;
  /** Buffers of the answer that are handed over, not copied: nothing else may hold them. */
  readonly handOver: (...buffers: readonly ArrayBufferLike[]) => void;
}
