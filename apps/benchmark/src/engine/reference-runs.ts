import { traceMethod, type Backend, type TensorRecord, type TracedMethod } from '@patternlens/core';
import { type Executable } from '@patternlens/core/backend';
import { traceDriver, valueName, type Method } from '@patternlens/core/tracing';
import { asChoice, type BenchmarkJob } from './benchmark-job.js';
import { explainedPart, sameTarget } from './explained-part.js';
import { sameGates } from './flips.js';
import { sampleOf } from './sample-of.js';

/** A method traced for the reference: deciding for itself, and under decisions that are handed in. */
export interface TracedPair {
  readonly traced: TracedMethod;
  readonly free: Executable;
  readonly given: Executable;
}

/** What the reference says of one sample under a backend's decisions, and by itself. */
export interface ReferenceResults {
  readonly free: TensorRecord;
  readonly under: TensorRecord;
  /** Both decided alike. */
  readonly equal: boolean;
}

/** The float64 reference's results, computed once where no backend's decisions are in them. */
export class ReferenceRuns {
  readonly #job: BenchmarkJob;
  readonly #backend: Backend;
  readonly #traced = new Map<Method, Promise<TracedPair>>();
  readonly #free = new Map<string, Promise<TensorRecord>>();
  /** Layer values by sample: the same for all methods, and large. */
  readonly #values = new Map<number, TensorRecord>();

  constructor(job: BenchmarkJob, backend: Backend) {
    this.#job = job;
    this.#backend = backend;
  }

  async results(
    method: Method,
    sample: number,
    target: number,
    gates: TensorRecord,
  ): Promise<ReferenceResults> {
    const { traced, given } = await this.pair(method);
    const key = `${this.#job.methods.indexOf(method)} ${sample} ${target}`;
    let running = this.#free.get(key);
    if (!running) this.#free.set(key, (running = this.#runFree(method, sample, target)));
    const free: TensorRecord = { ...(await running), ...this.#values.get(sample) };
    const inputs = { ...this.#inputs(sample), ...sameTarget(traced, target) };
    const equal = sameGates(gates, free);
    return { free, equal, under: equal ? free : await given.run({ ...inputs, ...gates }) };
  }

  async dispose(): Promise<void> {
    for (const pair of await Promise.allSettled(this.#traced.values())) {
      if (pair.status === 'rejected') continue;
      await pair.value.free.dispose();
      await pair.value.given.dispose();
    }
    this.#traced.clear();
    this.#free.clear();
    this.#values.clear();
  }

  readonly #inputs = (sample: number): TensorRecord => sampleOf(this.#job.compared.inputs, sample);

  async #runFree(method: Method, sample: number, target: number): Promise<TensorRecord> {
    const { traced, free } = await this.pair(method);
    const all = await free.run({
      ...this.#inputs(sample),
      ...sameTarget(traced, target),
    });
    const names = new Set(traced.network.layers.map(({ name }) => valueName(name)));
    const pick = (wanted: boolean): TensorRecord =>
      Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name) === wanted));
    if (!this.#values.has(sample)) this.#values.set(sample, pick(true));
    return pick(false);
  }

  /** A method's programs, compiled once. */
  pair(method: Method): Promise<TracedPair> {
    const before = this.#traced.get(method);
    if (before) return before;
    const made = this.#make(method);
    this.#traced.set(method, made);
    return made;
  }

  async #make(method: Method): Promise<TracedPair> {
    const { network, patterns, plugins } = this.#job;
    const options = {
      ...{ method: asChoice(method), patterns, plugins, layerValues: true },
      ...explainedPart(this.#job),
    };
    const trace = method.driver ? traceDriver : traceMethod;
    const traced = trace(network, { ...options, gates: 'outputs' });
    const given = trace(network, { ...options, gates: 'inputs' });
    return {
      traced,
      free: await this.#backend.compile(traced.program),
      given: await this.#backend.compile(given.program),
    };
  }
}
