import { CALLS, type AnyCall, type CallName } from './calls.js';
import { sentFailure } from './call-failure.js';
import { watched } from './watched.js';
import type { Reply, Request } from './messages.js';
import { createSession } from './session.js';

/** What a worker's own scope offers, of which a page's window has another `postMessage`. */
export interface Port {
  readonly post: (reply: Reply, handedOver: Transferable[]) => void;
}

/** Answers a page's requests, one session long. */
export function answerCalls({ post }: Port): (request: Request) => Promise<void> {
  const session = createSession();
  const running = new Map<number, AbortController>();
  return async (request) => {
    if ('cancel' in request) {
      running.get(request.id)?.abort();
      return;
    }
    const { id, call, given } = request;
    const controller = new AbortController();
    running.set(id, controller);
    const handedOver = new Set<ArrayBufferLike>();
    try {
      const value = await watched(session, () =>
        (CALLS[call as CallName] as AnyCall)(session, given, {
          signal: controller.signal,
          progress: (progress) => {
            post({ id, progress }, []);
          },
          handOver: (...buffers) => {
            for (const buffer of buffers) handedOver.add(buffer);
          },
        }),
      );
      post({ id, value }, [...handedOver] as Transferable[]);
    } catch (thrown) {
      post({ id, failure: sentFailure(thrown) }, []);
    } finally {
      running.delete(id);
    }
  };
}
