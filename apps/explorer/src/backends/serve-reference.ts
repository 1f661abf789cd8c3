import type { ComputeClient } from '../compute/client.js';

let served = 0;

/** What the reference's worker is given to compare with another worker's backend. */
export interface ServedPort {
  readonly port: MessagePort;
  /** Aborted when the comparison is cancelled, or the other worker is gone. */
  readonly signal: AbortSignal;
}

/** Lets another worker use a worker's backend while something runs.
 * @throws CallFailure why the worker of the backend ended, where it did. */
export async function withServedBackend<T>(
  client: ComputeClient,
  signal: AbortSignal,
  run: (served: ServedPort) => Promise<T>,
): Promise<T> {
  const { port1, port2 } = new MessageChannel();
  const key = `served ${++served}`;
  const gone = new AbortController();
  const ended = client.ended.then((failure): never => {
    gone.abort();
    throw failure;
  });
  await client.call('serveBackend', { key, port: port1 }, { handOver: [port1] });
  try {
    const running = run({ port: port2, signal: AbortSignal.any([signal, gone.signal]) });
    return await Promise.race([running, ended]);
  } finally {
    ended.catch(() => undefined);
    if (!client.isGone) client.call('endServing', key).catch(() => undefined);
  }
}
