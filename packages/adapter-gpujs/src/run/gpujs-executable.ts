import { PatternLensError, type Tensor, type TensorRecord } from '@patternlens/core';
import { batchOf, type Executable, type Program } from '@patternlens/core/backend';
import { resolveShape } from '@patternlens/core/tensor';
import type { Device, Held } from '../library/device.js';
import { groupLines, type Group } from '../lowering/group-lines.js';
import type { LoweredProgram } from '../lowering/line.js';
import { lower } from '../lowering/lower.js';
import { holderOf, Schedule } from './schedule.js';

/** Batch sizes whose kernels are kept; the one that was used longest ago goes. */
const BATCH_SIZES = 4;

const floats = (data: Float32Array | Float64Array): Float32Array =>
  data instanceof Float32Array ? data : Float32Array.from(data);

/** A program on a device: its constants, and its kernels for the last batch sizes. */
export class GpujsExecutable implements Executable {
  readonly #device: Device;
  readonly #program: Program;
  readonly #lowered: LoweredProgram;
  readonly #groups: readonly Group[];
  /** Values that are known before the program runs. */
  readonly #constants = new Map<number, Held>();
  readonly #schedules = new Map<number, Schedule>();
  readonly #close: (self: GpujsExecutable) => void;
  #preparing: Schedule | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #isOpen = true;

  private constructor(device: Device, program: Program, close: (self: GpujsExecutable) => void) {
    this.#device = device;
    this.#program = program;
    this.#close = close;
    this.#lowered = lower(program);
    this.#groups = groupLines(this.#lowered);
  }

  /** Uploads constants, and computes what depends on nothing else. */
  static async create(
    device: Device,
    program: Program,
    close: (self: GpujsExecutable) => void,
  ): Promise<GpujsExecutable> {
    const made = new GpujsExecutable(device, program, close);
    try {
      await made.#prepare();
    } catch (thrown) {
      await made.dispose();
      throw thrown;
    }
    return made;
  }

  /** Runs wait for one another. */
  readonly run = (inputs: TensorRecord): Promise<TensorRecord> => {
    const result = this.#tail.then(() => this.#run(inputs));
    this.#tail = result.catch(() => undefined);
    return result;
  };

  readonly dispose = async (): Promise<void> => {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#tail;
    for (const schedule of this.#schedules.values()) schedule.dispose();
    for (const value of this.#constants.values()) this.#device.free(value);
    this.#schedules.clear();
    this.#constants.clear();
    this.#dropPreparing();
    this.#close(this);
  };

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #dropPreparing(): void {
    this.#preparing?.dispose();
    this.#preparing = undefined;
  }

  async #prepare(): Promise<void> {
    const { lines, outputs } = this.#lowered;
    const constant = this.#groups.filter(({ root }) => lines[root]!.isConstant);
    // What programs that run read, of what is known.
    const needed = new Set(
      [
        ...this.#groups
          .filter(({ root }) => !lines[root]!.isConstant)
          .flatMap(({ reads }) => reads),
        ...outputs.map(({ line }) => line),
      ].map((line) => holderOf(this.#lowered, line)),
    );
    const wanted = new Set([
      ...needed,
      ...constant.flatMap(({ reads }) => reads.map((line) => holderOf(this.#lowered, line))),
    ]);
    for (const line of wanted) {
      const { operation } = lines[line]!;
      if (operation.kind === 'constant')
        this.#constants.set(line, await this.#device.upload(floats(operation.value.data)));
    }
    const schedule = new Schedule(this.#device, this.#lowered, constant, 1, needed);
    this.#preparing = schedule;
    await schedule.run(this.#constants);
    // Textures go with their kernels; what the processor holds does not.
    if (!this.#device.mode.isDevice) this.#dropPreparing();
    for (const [line, value] of this.#constants) {
      if (needed.has(line)) continue;
      this.#device.free(value);
      this.#constants.delete(line);
    }
  }

  async #run(inputs: TensorRecord): Promise<TensorRecord> {
    if (!this.#isOpen)
      throw new PatternLensError(
        'adapter-gpujs',
        'backend-failed',
        `${this.#device.id}: this program is disposed; compile it again.`,
        { backend: this.#device.id },
      );
    const batch = batchOf(this.#program, inputs);
    const { lines, outputs } = this.#lowered;
    const values = new Map(this.#constants);
    const mine = new Set<number>();
    try {
      for (const [line, { operation }] of lines.entries()) {
        if (operation.kind !== 'input') continue;
        mine.add(line);
        values.set(line, await this.#device.upload(floats(inputs[operation.name]!.data)));
      }
      await this.#scheduleOf(batch).run(values);
      const results: Record<string, Tensor> = {};
      for (const { name, line } of outputs) {
        const shape = resolveShape(lines[line]!.shape, batch);
        const holder = holderOf(this.#lowered, line);
        const data = await this.#device.read(values.get(holder)!);
        // What is the caller's, or this executable's own, is not handed out.
        const isOwn = !mine.has(holder) && !this.#constants.has(holder);
        results[name] = { data: isOwn ? data : data.slice(), shape };
      }
      return results;
    } finally {
      for (const [line, value] of values) if (!this.#constants.has(line)) this.#device.free(value);
    }
  }

  #scheduleOf(batch: number): Schedule {
    const known = this.#schedules.get(batch);
    this.#schedules.delete(batch);
    const schedule = known ?? this.#newSchedule(batch);
    this.#schedules.set(batch, schedule);
    const [oldest] = this.#schedules.keys();
    if (this.#schedules.size > BATCH_SIZES) {
      this.#schedules.get(oldest!)!.dispose();
      this.#schedules.delete(oldest!);
    }
    return schedule;
  }

  #newSchedule(batch: number): Schedule {
    const { lines, outputs } = this.#lowered;
    const kept = new Set(outputs.map(({ line }) => holderOf(this.#lowered, line)));
    return new Schedule(
      this.#device,
      this.#lowered,
      this.#groups.filter(({ root }) => !lines[root]!.isConstant),
      batch,
      kept,
    );
  }
}
