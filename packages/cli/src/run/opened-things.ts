/** What was opened and is to be closed again: the last first, and each, whatever befalls the others. */
export class OpenedThings implements AsyncDisposable {
  readonly #closing: (() => void | PromiseLike<void>)[] = [];

  add(close: () => void | PromiseLike<void>): void {
    this.#closing.push(close);
  }

  /** @throws what the first of them threw that could not be closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: { readonly cause: unknown }[] = [];
    for (const close of this.#closing.splice(0).reverse()) {
      try {
        await close();
      } catch (cause) {
        failures.push({ cause });
      }
    }
    const [first] = failures;
    if (first) throw first.cause;
  }
}
