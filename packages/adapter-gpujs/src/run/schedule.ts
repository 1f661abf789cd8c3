import type { Device, Held, Kernel } from '../library/device.js';
import type { Group } from '../lowering/group-lines.js';
import type { LoweredProgram } from '../lowering/line.js';
import { kernelSource } from '../source/kernel-source.js';

/** One kernel's turn. */
interface Step {
  readonly kernel: Kernel;
  readonly reads: readonly number[];
  readonly writes: number;
  /** Values that nothing reads afterwards. */
  readonly frees: readonly number[];
}

/** The line whose numbers a line shows: a reshape moves nothing. */
export function holderOf({ lines }: LoweredProgram, line: number): number {
  let holder = line;
  while (lines[holder]!.operation.kind === 'reshape') holder = lines[holder]!.operands[0]!;
  return holder;
}

/** The kernels of some groups for one batch size, in order. Holds them until it is disposed. */
export class Schedule {
  readonly #device: Device;
  readonly #steps: readonly Step[];

  /** @param kept Lines whose values outlive the run. */
  constructor(
    device: Device,
    program: LoweredProgram,
    groups: readonly Group[],
    batch: number,
    kept: ReadonlySet<number>,
  ) {
    this.#device = device;
    const made = new Set(groups.map(({ root }) => root));
    const lastReader = new Map<number, number>();
    groups.forEach(({ reads, root }, at) => {
      lastReader.set(root, at);
      for (const line of reads) lastReader.set(holderOf(program, line), at);
    });
    // All are written before any is held: one may be refused.
    const sources = groups.map((group) =>
      kernelSource(program.lines, group, batch, device.mode.dialect),
    );
    this.#steps = groups.map((group, at) => {
      const reads = group.reads.map((line) => holderOf(program, line));
      const frees = [...new Set([...reads, group.root])].filter(
        (line) => made.has(line) && lastReader.get(line) === at && !kept.has(line),
      );
      return { kernel: device.kernel(sources[at]!), reads, writes: group.root, frees };
    });
  }

  /** Runs all kernels; values are read from, written to and freed from `values`. */
  async run(values: Map<number, Held>): Promise<void> {
    for (const { kernel, reads, writes, frees } of this.#steps) {
      const operands = reads.map((line) => values.get(line)!);
      values.set(writes, await this.#device.run(kernel, operands));
      for (const line of frees) {
        this.#device.free(values.get(line)!);
        values.delete(line);
      }
    }
  }

  dispose(): void {
    for (const { kernel } of this.#steps) this.#device.release(kernel);
  }
}
