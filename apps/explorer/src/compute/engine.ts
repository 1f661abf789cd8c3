import type { BackendId } from './backend-ids.js';
import type { BackendFacts } from './calls/open-backend.js';
import type { ModelFacts } from './model-facts.js';
import type { ModelFiles } from './model-files.js';
import { ComputeClient } from './client.js';

/** Patterns as a file, by a key that tells one file from another. */
export interface PatternFile {
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** A worker with its backend, and what it has read. */
interface Place {
  readonly client: ComputeClient;
  readonly facts: Promise<BackendFacts>;
  /** What it holds, or is reading; the next in turn waits for it. */
  held: Promise<{ readonly model: string | undefined; readonly patterns: string | undefined }>;
}

/** One worker a backend, started when the backend is asked for. */
export class Engine {
  readonly #places = new Map<BackendId, Place>();
  #files: ComputeClient | undefined;
  readonly #start: () => Worker;
  readonly #runtimes: string;

  /** @param start Makes a worker.
   * @param runtimes The folder of the runtimes' own files. */
  constructor(start: () => Worker, runtimes: string) {
    this.#start = start;
    this.#runtimes = runtimes;
  }

  /** Other workers, started the same way: what they do holds up nothing here. */
  another(): Engine {
    return new Engine(this.#start, this.#runtimes);
  }

  /** What a backend says of itself, once it is open.
   * @throws CallFailure where it can't start. */
  facts(id: BackendId): Promise<BackendFacts> {
    return this.#place(id).facts;
  }

  /** The worker of a backend, with a model and patterns.
   * @throws CallFailure where the backend can't start, or the model or patterns can't be read. */
  async ready(
    id: BackendId,
    model: ModelFiles,
    patterns: PatternFile | undefined,
  ): Promise<ComputeClient> {
    const place = this.#place(id);
    await place.facts;
    const before = place.held;
    const reading = this.#read(place, before, model, patterns);
    // What failed is tried again by the next who asks.
    place.held = reading.catch(() => ({ model: undefined, patterns: undefined }));
    await reading;
    return place.client;
  }

  /** Reads a model that may be refused, in the worker of a backend.
   * @throws CallFailure what is wrong with it. */
  async open(id: BackendId, model: ModelFiles): Promise<ModelFacts> {
    const place = this.#place(id);
    await place.facts;
    const before = place.held;
    const reading = before.then((held) =>
      place.client.call('openModel', model).then(
        (facts) => ({ facts, held: { model: model.key, patterns: undefined } }),
        (cause: unknown) => ({ cause, held }),
      ),
    );
    place.held = reading.then(({ held }) => held);
    const read = await reading;
    if ('cause' in read) throw read.cause;
    return read.facts;
  }

  /** A worker that reads files, so that reading never waits for what is computed. */
  files(): ComputeClient {
    if (!this.#files || this.#files.isGone) this.#files = new ComputeClient(this.#start());
    return this.#files;
  }

  /** Ends the worker of a backend; the next who asks gets a new one. */
  end(id: BackendId): void {
    this.#places.get(id)?.client.end();
    this.#places.delete(id);
  }

  async #read(
    { client }: Place,
    before: Place['held'],
    model: ModelFiles,
    patterns: PatternFile | undefined,
  ): Promise<{ model: string | undefined; patterns: string | undefined }> {
    let held = await before;
    if (held.model !== model.key) {
      await client.call('openModel', model);
      held = { model: model.key, patterns: undefined };
    }
    if (held.patterns !== patterns?.key) await client.call('usePatterns', patterns?.bytes);
    return { model: model.key, patterns: patterns?.key };
  }

  #place(id: BackendId): Place {
    const before = this.#places.get(id);
    if (before && !before.client.isGone) return before;
    const client = new ComputeClient(this.#start());
    const facts = client.call('openBackend', { id, runtimes: this.#runtimes });
    facts.catch(() => {
      client.end();
    });
    const held = Promise.resolve({ model: undefined, patterns: undefined });
    const place: Place = { client, facts, held };
    this.#places.set(id, place);
    return place;
  }
}
