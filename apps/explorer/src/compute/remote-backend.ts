import type { Backend, TensorRecord } from '@patternlens/core';
import { CallFailure, cancelled } from './call-failure.js';
import type { RemoteAsked, RemoteReply, RemoteRequest } from './remote-messages.js';

/** The backend of another worker, behind a port that the worker serves. Once the signal is aborted, everything fails: the other
 * worker may be gone without a word. */
export function remoteBackend(id: string, port: MessagePort, signal: AbortSignal): Backend {
  const pending = new Map<
    number,
    { readonly settle: (value: unknown) => void; readonly fail: (cause: Error) => void }
  >();
  let last = 0;
  port.onmessage = ({ data }: MessageEvent<RemoteReply>) => {
    const asked = pending.get(data.id);
    pending.delete(data.id);
    if ('failure' in data) asked?.fail(new CallFailure(data.failure));
    else asked?.settle(data.value);
  };
  signal.addEventListener('abort', () => {
    for (const { fail } of pending.values()) fail(cancelled('Comparing'));
    pending.clear();
  });
  const ask = <T>(asked: RemoteAsked): Promise<T> => {
    if (signal.aborted) return Promise.reject(cancelled('Comparing'));
    return new Promise<T>((settle, fail) => {
      const request: RemoteRequest = { id: ++last, ...asked };
      pending.set(request.id, { settle: settle as (value: unknown) => void, fail });
      port.postMessage(request);
    });
  };
  // The backend stays with its worker.
  const dispose = (): Promise<void> => Promise.resolve();
  return {
    id,
    dispose,
    [Symbol.asyncDispose]: dispose,
    compile: async ({ instructions, inputs, outputs }) => {
      const handle = await ask<number>({ compile: { instructions, inputs, outputs } });
      const free = async (): Promise<void> => {
        if (!signal.aborted) await ask({ free: handle });
      };
      return {
        dispose: free,
        [Symbol.asyncDispose]: free,
        run: (values: TensorRecord) => ask<TensorRecord>({ run: handle, inputs: values }),
      };
    },
  };
}
