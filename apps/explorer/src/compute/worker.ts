import { answerCalls } from './answer-calls.js';
import { liveLock } from './live-lock.js';
import type { Request } from './messages.js';

/** The worker's own scope; the library for pages has another type for it. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Request>) => void;
  postMessage: (message: unknown, handedOver: Transferable[]) => void;
};

const answer = answerCalls({
  post: (reply, handedOver) => {
    scope.postMessage(reply, handedOver);
  },
});

scope.onmessage = ({ data }) => void answer(data);
scope.postMessage('listening', []);
liveLock((alive) => {
  scope.postMessage({ alive }, []);
});
