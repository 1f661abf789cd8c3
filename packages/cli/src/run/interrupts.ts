import { EXIT } from '../output/exit.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What the user's interrupts do while a command runs. They end the process at once, unless somebody asked for a signal: then the first aborts it,
 * and the work comes to an orderly end. */
export class Interrupts implements Disposable {
  readonly #controller = new AbortController();
  #heeded = false;
  readonly #interrupt: () => void;

  /** @param atOnce Called before the process is ended by an interrupt that nobody heeds. */
  constructor(atOnce: () => void) {
    this.#interrupt = () => {
      if (!this.#heeded) atOnce();
      if (!this.#heeded || this.#controller.signal.aborted) process.exit(EXIT.interrupted);
      this.#controller.abort();
    };
    for (const signal of SIGNALS) process.on(signal, this.#interrupt);
  }

  /** Aborted by the first interrupt; whoever asks for it sees to it that the work stops then. */
  heed(): AbortSignal {
    this.#heeded = true;
    return this.#controller.signal;
  }

  /** An interrupt that was heeded ends the command soon: until then a second one must not end it in the system's way. */
  [Symbol.dispose](): void {
    if (this.#controller.signal.aborted) return;
    for (const signal of SIGNALS) process.off(signal, this.#interrupt);
  }
}
