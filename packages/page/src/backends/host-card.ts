/** Where backends ran: a Node process, or a browser. */
export interface HostCard {
  /** Unique in a report: `node`, `chromium`. */
  readonly id: string;
  readonly kind: 'node' | 'browser';
  /** For people: `Node 20.20.2`, `Chromium 156`. */
  readonly name: string;
  /** What else is known, in order: processor, cores, memory, isolation, WebGL renderer, WebGPU adapter, timer resolution, ... */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}
