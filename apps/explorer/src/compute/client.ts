import type { CallName, Given, Gives } from './calls.js';
import { CallFailure, cancelled, type SentFailure } from './call-failure.js';
import { whenFree } from './live-lock.js';
import type { Greeting, Reply, Request } from './messages.js';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: unknown) => void) | undefined;
  /** Buffers that the worker takes over. */
  readonly handOver?: Transferable[] | undefined;
}

interface Pending {
  readonly settle: (value: unknown) => void;
  readonly fail: (failure: CallFailure) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/** How long a worker has to take a cancel before it is ended, in milliseconds. */
const PATIENCE = 1500;

/** A worker seen from the page: calls go out, answers come back. Once it died or was ended, every call fails. */
export class ComputeClient {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #last = 0;
  #gone: CallFailure | undefined;
  #tellEnd: (failure: CallFailure) => void = () => undefined;
  /** Settles when it can't be called any more, with the reason. */
  readonly ended = new Promise<CallFailure>((tell) => {
    this.#tellEnd = tell;
  });

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Reply | Greeting>) => {
      if (data === 'listening') return;
      if ('alive' in data)
        whenFree(data.alive, () => {
          this.#die();
        });
      else this.#hear(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const { message } = event as Partial<ErrorEvent>;
      this.#die(message);
    });
  }

  /** Whether it can't be called any more. */
  get isGone(): boolean {
    return this.#gone !== undefined;
  }

  /** Asks the worker for something.
   * @throws CallFailure what the worker says; `cancelled` once the signal is aborted. A worker that does not take the cancel in time is ended. */
  call<Name extends CallName>(
    name: Name,
    given: Given<Name>,
    { signal, onProgress, handOver = [] }: CallOptions = {},
  ): Promise<Gives<Name>> {
    if (this.#gone) return Promise.reject(this.#gone);
    if (signal?.aborted) return Promise.reject(cancelled(name));
    const id = ++this.#last;
    const answered = new Promise<Gives<Name>>((settle, fail) => {
      this.#pending.set(id, { settle: settle as (value: unknown) => void, fail, onProgress });
    });
    this.#post({ id, call: name, given }, handOver);
    if (!signal) return answered;
    const cancel = (): void => {
      this.#post({ id, cancel: true });
      setTimeout(() => {
        if (this.#pending.has(id)) this.end(cancelled(name).failure);
      }, PATIENCE);
    };
    signal.addEventListener('abort', cancel, { once: true });
    return answered.finally(() => {
      signal.removeEventListener('abort', cancel);
    });
  }

  /** Ends the worker, whatever it does; what is pending fails. */
  end(failure: SentFailure = cancelled('The call').failure): void {
    if (this.#gone) return;
    this.#gone = new CallFailure(failure);
    this.#worker.terminate();
    for (const { fail } of this.#pending.values()) fail(this.#gone);
    this.#pending.clear();
    this.#tellEnd(this.#gone);
  }

  #die(message = ''): void {
    const why = message ? `: ${message}` : ' (the browser ended it, perhaps for want of memory)';
    this.end({
      code: 'failed',
      sentence: `The worker that computes stopped${why}. Run it again.`,
      subject: {},
    });
  }

  #post(request: Request, handOver: Transferable[] = []): void {
    this.#worker.postMessage(request, handOver);
  }

  #hear(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    if ('progress' in reply) {
      pending.onProgress?.(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if ('failure' in reply) {
      pending.fail(new CallFailure(reply.failure));
      if (reply.failure.endsWorker) this.end(reply.failure);
    } else pending.settle(reply.value);
  }
}
