import { PatternLensError } from '../../errors/patternlens-error.js';
import { sliceSamples } from '../../tensor/join-samples.js';
import type { TensorRecord } from '../../tensor/tensor-record.js';

/** The inputs of one run, filled member by member; nothing else of a family is held in memory. */
export class RunBuffer {
  readonly #inputs: TensorRecord;
  readonly #batch: number;
  members: { readonly sample: number; readonly index: number }[] = [];

  constructor(inputs: TensorRecord, batch: number) {
    this.#batch = batch;
    this.#inputs = Object.fromEntries(
      Object.entries(inputs).map(([name, { data, shape }]) => {
        const size = (batch * data.length) / shape[0]!;
        const values =
          data instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
        return [name, { data: values, shape: [batch, ...shape.slice(1)] }];
      }),
    );
  }

  get isFull(): boolean {
    return this.members.length === this.#batch;
  }

  /** Copies one member of a sample's family.
   * @throws PatternLensError `invalid-shape` where it is not as large as a sample. */
  put(sample: number, index: number, member: TensorRecord): void {
    for (const [name, { data, shape }] of Object.entries(this.#inputs)) {
      const each = data.length / shape[0]!;
      const value = member[name];
      if (value?.data.length !== each)
        throw new PatternLensError(
          'core',
          'invalid-shape',
          `member ${index} of a driver's family: input "${name}" has ${value?.data.length ?? 'no'} values, one sample has ${each}.`,
        );
      data.set(value.data, this.members.length * each);
    }
    this.members.push({ sample, index });
  }

  /** What was put in, as one batch; valid until something else is. */
  inputs(): TensorRecord {
    return Object.fromEntries(
      Object.entries(this.#inputs).map(([name, value]) => [
        name,
        sliceSamples(value, 0, this.members.length),
      ]),
    );
  }
}
