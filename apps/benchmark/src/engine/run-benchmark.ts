import { PatternLensError, type CancelSignal } from '@patternlens/core';
import type {
  BackendResult,
  Failure,
  FitResult,
  MethodResult,
  MethodTimes,
  NetworkResult,
} from '../report/benchmark-report.js';
import type { BackendFacts, BackendRunner } from './backend-runner.js';
import { describeNetwork, type BenchmarkJob } from './benchmark-job.js';
import { failureOf } from './failure.js';
import { planRuns, QUICK, splitRuns, type TimingPlan } from './plan-runs.js';
import { ratioOf, summarise } from './summarise.js';

/** Progress of a benchmark. */
export interface BenchmarkProgress {
  readonly step: 'open' | 'compare' | 'fit' | 'time';
  readonly backend: string;
  readonly method?: string | undefined;
  readonly batch?: number | undefined;
  readonly done: number;
  readonly total: number;
}

export interface BenchmarkOptions {
  /** Compare with the reference. */
  readonly compare: boolean;
  /** Time, and how; not at all unless given. */
  readonly timing?: TimingPlan | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: BenchmarkProgress) => void) | undefined;
}

/** What is known of one method on one backend so far. */
interface Cell {
  agreement?: MethodResult['agreement'];
  times: MethodTimes[];
  failure?: Failure;
}

/** What is known of one backend so far. */
interface Row {
  readonly runner: BackendRunner;
  facts?: BackendFacts;
  failure?: Failure;
  fit?: FitResult;
  readonly cells: readonly Cell[];
}

/** Kernels compiled to WebAssembly become quick only after a while. */
const WARM_UP_MS = 1500;
/** The shares of a method's time for each warm-up, and in reserve. */
const WARM_UP_SHARE = 0.15;

/** Measures all methods on all backends. A backend that fails leaves the others' results.
 * @throws PatternLensError `cancelled`, when all is closed. */
export async function runBenchmark(
  job: BenchmarkJob,
  runners: readonly BackendRunner[],
  options: BenchmarkOptions,
): Promise<NetworkResult> {
  const rows: Row[] = runners.map((runner) => ({
    runner,
    cells: job.methods.map(() => ({ times: [] })),
  }));
  const bench = new Bench(job, rows, options);
  try {
    await bench.run();
  } finally {
    await Promise.allSettled(runners.map((runner) => runner.close()));
  }
  const { patterns } = job;
  return {
    ...describeNetwork(job.name, job.network),
    samples: options.compare ? job.compared.names : [],
    ...(patterns ? { patterns: { samples: patterns.samples, backend: 'reference' } } : {}),
    backends: rows.map((row) => resultOf(job, row)),
  };
}

/** Milliseconds that timing another batch takes at least, going by what the first one took. */
function leastTime(
  { batch: timedBatch, cold, forward, method }: MethodTimes,
  batch: number,
  least: number,
): number {
  const each = ((forward.median + method.median) * batch) / timedBatch;
  // Warm-ups, and a run at the beginning of each turn, are not counted.
  return cold + each * (least + 4);
}

class Bench {
  readonly #job: BenchmarkJob;
  readonly #rows: readonly Row[];
  readonly #options: BenchmarkOptions;
  readonly #begin = performance.now();
  /** Steps of each backend, once it is open. */
  readonly #each: number;
  readonly #total: number;
  #done = 0;

  constructor(job: BenchmarkJob, rows: readonly Row[], options: BenchmarkOptions) {
    this.#job = job;
    this.#rows = rows;
    this.#options = options;
    const measured = Number(options.compare) + (options.timing?.batches.length ?? 0);
    this.#each = job.methods.length * measured + Number(job.fitted !== undefined);
    this.#total = rows.length * (1 + this.#each);
  }

  async run(): Promise<void> {
    const { compare, timing } = this.#options;
    for (const row of this.#rows) {
      this.#step('open', row);
      await this.#attempt(row, async () => {
        row.facts = await row.runner.open();
      });
      if (row.failure) this.#done += this.#each;
    }
    for (const [method] of compare ? this.#job.methods.entries() : []) {
      for (const [row, cell] of this.#cells(method)) {
        this.#step('compare', row, method);
        await this.#attempt(cell, async () => {
          cell.agreement = await row.runner.compare(method);
        });
      }
    }
    for (const row of this.#job.fitted ? this.#open() : []) await this.#fit(row);
    for (const batch of timing?.batches ?? [])
      for (const [method] of this.#job.methods.entries()) await this.#time(timing!, method, batch);
  }

  readonly #open = (): Row[] => this.#rows.filter(({ failure }) => failure === undefined);

  /** What can still be measured of a method. */
  readonly #cells = (method: number): [Row, Cell][] =>
    this.#open()
      .map((row): [Row, Cell] => [row, row.cells[method]!])
      .filter(([, { failure }]) => failure === undefined);

  async #fit(row: Row): Promise<void> {
    this.#step('fit', row);
    const failed: { failure?: Failure } = {};
    await this.#attempt(failed, async () => {
      row.fit = await row.runner.fit();
    });
    if (failed.failure) row.fit = { samples: 0, perSample: 0, layers: [], failure: failed.failure };
  }

  /** Times one method on all backends in turns. */
  async #time(plan: TimingPlan, method: number, batch: number): Promise<void> {
    const ready: {
      row: Row;
      cell: Cell;
      cold: number;
      parts: number[];
      forward: number[];
      method: number[];
    }[] = [];
    for (const [row, cell] of this.#cells(method)) {
      this.#step('time', row, method, batch);
      const share = this.#share(plan, method, batch, row);
      const [first] = cell.times;
      // A further batch is left out where there is no time to run it often enough.
      if (first && leastTime(first, batch, plan.least) > Math.max(share, QUICK)) continue;
      await this.#attempt(cell, async () => {
        const { runner } = row;
        const begin = performance.now();
        const prepared = await runner.prepare(
          method,
          batch,
          Math.min(WARM_UP_MS, share * WARM_UP_SHARE),
        );
        const left = share - (performance.now() - begin);
        const runs = planRuns(plan, prepared.forward + prepared.method, left);
        const parts = splitRuns(runs, runs > plan.least ? plan.rounds : 1);
        ready.push({ row, cell, cold: prepared.cold, parts, forward: [], method: [] });
      });
    }
    for (let round = 0; round < plan.rounds; round++) {
      for (const entry of ready) {
        const runs = entry.parts[round] ?? 0;
        if (runs === 0 || entry.cell.failure) continue;
        this.#checkCancelled();
        await this.#attempt(entry.cell, async () => {
          const times = await entry.row.runner.time(runs, plan.pause);
          entry.forward.push(...times.forward);
          entry.method.push(...times.method);
        });
      }
    }
    for (const { row, cell, cold, ...times } of ready) {
      await row.runner.release().catch(() => undefined);
      if (cell.failure) continue;
      cell.times.push({
        batch,
        cold,
        forward: summarise(times.forward),
        method: summarise(times.method),
        ratio: ratioOf(times.method, times.forward),
      });
    }
  }

  /** The time of one cell: what is left of the budget, split evenly among those that are not timed yet. */
  #share(plan: TimingPlan, method: number, batch: number, row: Row): number {
    if (plan.budget === undefined) return Infinity;
    const open = this.#open();
    const later =
      plan.batches.slice(plan.batches.indexOf(batch) + 1).length * this.#job.methods.length +
      (this.#job.methods.length - 1 - method);
    const cells = later * open.length + open.length - open.indexOf(row);
    return Math.max(0, plan.budget - (performance.now() - this.#begin)) / cells;
  }

  #checkCancelled(): void {
    const { signal } = this.#options;
    if (signal?.aborted === true)
      throw new PatternLensError(
        'benchmark',
        'cancelled',
        'the benchmark was cancelled.',
        {},
        signal.reason,
      );
  }

  #step(step: BenchmarkProgress['step'], { runner }: Row, method?: number, batch?: number): void {
    this.#checkCancelled();
    this.#options.onProgress?.({
      step,
      backend: runner.backend,
      method: method === undefined ? undefined : this.#job.methods[method]!.id,
      batch,
      done: this.#done++,
      total: this.#total,
    });
  }

  async #attempt(place: { failure?: Failure }, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (thrown) {
      place.failure = failureOf(thrown);
    }
  }
}

function resultOf(job: BenchmarkJob, { runner, facts, failure, fit, cells }: Row): BackendResult {
  return {
    backend: runner.backend,
    host: runner.host,
    ...facts,
    methods: failure
      ? []
      : job.methods.map(({ id, parameters }, at) => {
          const { times, agreement, failure: methodFailure } = cells[at]!;
          return {
            method: id,
            parameters,
            ...(agreement ? { agreement } : {}),
            ...(times.length > 0 ? { times } : {}),
            ...(methodFailure ? { failure: methodFailure } : {}),
          };
        }),
    ...(fit ? { fit } : {}),
    ...(failure ? { failure } : {}),
  };
}
