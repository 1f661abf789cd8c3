/** A worker's own scope; the library for pages has another type for it. */
export interface WorkerScope<In, Out> {
  onmessage: ((event: MessageEvent<In>) => void) | null;
  readonly postMessage: (message: Out) => void;
}

/** This worker's scope, by the messages that it gets and sends. */
export const workerScope = <In, Out>(): WorkerScope<In, Out> => globalThis;
