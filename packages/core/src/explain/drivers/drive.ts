import type { Executable } from '../../backend/backend.js';
import { PatternLensError } from '../../errors/patternlens-error.js';
import { type CancelSignal, throwIfCancelled } from '../../errors/throw-if-cancelled.js';
import type { Family, FamilyResult, MemberResult } from '../../methods/drivers/driver.js';
import { joinTensors, sliceSamples } from '../../tensor/join-samples.js';
import type { TensorRecord } from '../../tensor/tensor-record.js';
import { tensor, type Tensor, type TensorData } from '../../tensor/tensor.js';
import type { TracedDriver } from '../../tracing/trace-driver.js';
import type { TargetInputs } from '../target.js';
import { RunBuffer } from './run-buffer.js';

/** Inputs that are run at once, unless said otherwise. */
export const INTERNAL_BATCH = 8;

/** How far an explanation is. A method that is one program reports once, when all samples are done. */
export interface ExplainProgress {
  /** Inputs that were run so far: the members of every sample's family, and the samples themselves. */
  readonly done: number;
  /** Inputs that will be run in all. */
  readonly total: number;
}

export interface DriveOptions {
  /** Inputs that are run at once. Default 8. */
  readonly internalBatch?: number | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: ExplainProgress) => void) | undefined;
}

/** A sample whose family is under way. */
interface Underway {
  readonly family: Family;
  readonly target: number;
  /** Members that are known of so far, that were put into runs, and whose results were taken. */
  size: number;
  put: number;
  added: number;
}

/** What a driver gives for a batch. */
export interface DrivenBatch {
  readonly output: Tensor;
  readonly targets: readonly number[];
  readonly explained: readonly number[];
  readonly starts: readonly number[];
  /** One a sample. */
  readonly families: readonly FamilyResult[];
}

const samplesOf = (inputs: TensorRecord, from: number, to: number): TensorRecord =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, sliceSamples(value, from, to)]),
  );

/** One sample of a run's results. */
function memberOf(traced: TracedDriver, results: TensorRecord, at: number): MemberResult {
  const { ports } = traced;
  const power = 2 ** results[ports.exponent]!.data[at]!;
  const relevance = [...ports.relevance].map(([input, name]): [string, TensorData] => {
    const { data } = sliceSamples(results[name]!, at, at + 1);
    return [input, power === 1 ? data : Float64Array.from(data, (value) => value * power)];
  });
  return {
    output: sliceSamples(results[ports.output]!, at, at + 1),
    target: results[ports.targetUsed]!.data[at]!,
    explained: results[ports.explained]!.data[at]!,
    relevance: Object.fromEntries(relevance),
  };
}

function targetRecord({ ports }: TracedDriver, { target, channel }: TargetInputs): TensorRecord {
  return {
    [ports.target]: tensor(target, [target.length]),
    ...(ports.channel === undefined ? {} : { [ports.channel]: tensor(channel, [channel.length]) }),
  };
}

/** Refuses a size of a family that is no whole number: drivers may come from plug-ins. */
function checkedSize(size: number, { method }: TracedDriver): number {
  if (Number.isInteger(size) && size >= 0) return size;
  throw new PatternLensError(
    'core',
    'invalid-argument',
    `${method.id}: the size of a family must be a whole number, got ${String(size)}.`,
    { method: method.id },
  );
}

function checkedResult(
  result: FamilyResult,
  inputs: TensorRecord,
  { method }: TracedDriver,
): FamilyResult {
  for (const [name, { data, shape }] of Object.entries(inputs)) {
    const each = data.length / shape[0]!;
    const { length } = (result.relevance as Partial<FamilyResult['relevance']>)[name] ?? {};
    if (length !== each)
      throw new PatternLensError(
        'core',
        'invalid-shape',
        `${method.id}: a family's relevance of input "${name}" has ${length ?? 'no'} values, one sample has ${each}.`,
        { method: method.id },
      );
  }
  return result;
}

/** A batch under way. */
class Driving {
  readonly #traced: TracedDriver;
  readonly #run: Executable['run'];
  readonly #inputs: TensorRecord;
  readonly #targets: TargetInputs;
  readonly #options: DriveOptions;
  readonly #batch: number;
  readonly #buffer: RunBuffer;
  readonly #underway = new Map<number, Underway>();
  readonly #outputs: Tensor[] = [];
  readonly #targetsUsed: number[] = [];
  readonly #explained: number[] = [];
  readonly #starts: number[] = [];
  readonly #families: FamilyResult[] = [];
  #done = 0;
  /** Members of the families of all samples that were looked at. */
  #members = 0;

  constructor(
    traced: TracedDriver,
    run: Executable['run'],
    inputs: TensorRecord,
    targets: TargetInputs,
    options: DriveOptions,
  ) {
    this.#traced = traced;
    this.#run = run;
    this.#inputs = inputs;
    this.#targets = targets;
    this.#options = options;
    this.#batch = options.internalBatch ?? INTERNAL_BATCH;
    this.#buffer = new RunBuffer(inputs, this.#batch);
  }

  async drive(): Promise<DrivenBatch> {
    const { length } = this.#targets.target;
    for (let from = 0; from < length; from += this.#batch) {
      const to = Math.min(from + this.#batch, length);
      await this.#begin(from, to);
      // Families that grow are run again until none does.
      while (this.#underway.size > 0) {
        for (let sample = from; sample < to; sample++) await this.#runFamily(sample);
        await this.#flush();
      }
    }
    return {
      output: joinTensors(this.#outputs),
      targets: this.#targetsUsed,
      explained: this.#explained,
      starts: this.#starts,
      families: this.#families,
    };
  }

  /** Runs samples themselves, which fixes their targets. */
  async #begin(from: number, to: number): Promise<void> {
    const { ports, family } = this.#traced;
    const samples = samplesOf(this.#inputs, from, to);
    const results = await this.#step(samples, {
      target: this.#targets.target.subarray(from, to),
      channel: this.#targets.channel.subarray(from, to),
    });
    this.#outputs.push(results[ports.output]!);
    for (let at = 0; at < to - from; at++) {
      const result = memberOf(this.#traced, results, at);
      this.#targetsUsed.push(result.target);
      this.#explained.push(result.explained);
      this.#starts.push(results[ports.start]!.data[at]!);
      const made = family({ inputs: samplesOf(samples, at, at + 1), result });
      const size = checkedSize(made.size, this.#traced);
      this.#members += size;
      if (size === 0) this.#families[from + at] = this.#finish(made);
      else
        this.#underway.set(from + at, {
          family: made,
          target: result.target,
          size,
          put: 0,
          added: 0,
        });
    }
    this.#report(to - from);
  }

  async #runFamily(sample: number): Promise<void> {
    const underway = this.#underway.get(sample);
    while (underway && underway.put < underway.size) {
      const index = underway.put++;
      this.#buffer.put(sample, index, underway.family.member(index));
      if (this.#buffer.isFull) await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    const { members } = this.#buffer;
    if (members.length === 0) return;
    const results = await this.#step(this.#buffer.inputs(), {
      target: Float32Array.from(members, ({ sample }) => this.#underway.get(sample)!.target),
      channel: new Float32Array(members.length).fill(-1),
    });
    for (const [at, { sample, index }] of members.entries()) {
      const underway = this.#underway.get(sample)!;
      underway.family.add(memberOf(this.#traced, results, at), index);
      if (++underway.added < underway.size) continue;
      const more = checkedSize(underway.family.more?.() ?? 0, this.#traced);
      underway.size += more;
      this.#members += more;
      if (more > 0) continue;
      this.#families[sample] = this.#finish(underway.family);
      this.#underway.delete(sample);
    }
    this.#buffer.members = [];
    this.#report(members.length);
  }

  readonly #finish = (family: Family): FamilyResult =>
    checkedResult(family.finish(), this.#inputs, this.#traced);

  async #step(inputs: TensorRecord, targets: TargetInputs): Promise<TensorRecord> {
    const { signal } = this.#options;
    const { id } = this.#traced.method;
    throwIfCancelled(
      signal,
      'core',
      () => `${id}: explaining was cancelled after ${this.#done} of ${this.#total()} runs.`,
      { method: id },
    );
    return this.#run({ ...inputs, ...targetRecord(this.#traced, targets) });
  }

  /** The families of samples that were not looked at yet are taken to be as large as those that were. */
  #total(): number {
    const samples = this.#targets.target.length;
    const seen = this.#targetsUsed.length;
    return samples + (seen === 0 ? 0 : Math.round((this.#members * samples) / seen));
  }

  #report(ran: number): void {
    this.#done += ran;
    this.#options.onProgress?.({ done: this.#done, total: this.#total() });
  }
}

/** Explains a batch with a driver: the samples themselves, which fixes their targets, then their families, `internalBatch` inputs at once.
 * @param run Runs the driver's program.
 * @throws PatternLensError `cancelled` when the signal is aborted. */
export function drive(
  traced: TracedDriver,
  run: Executable['run'],
  inputs: TensorRecord,
  targets: TargetInputs,
  options: DriveOptions = {},
): Promise<DrivenBatch> {
  return new Driving(traced, run, inputs, targets, options).drive();
}
