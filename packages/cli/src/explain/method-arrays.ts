import type { NetworkInput, Tensor, TensorRecord } from '@patternlens/core';
import type { JoinedInputs, OpenedSource } from '@patternlens/explain/node';
import type { Staging } from '../output/staging.js';
import { ArrayWriter } from './array-writer.js';
import type { MethodFiles } from './method-files.js';

/** Arrays of one source, which its samples share. */
interface SourceArrays {
  readonly byInput: ReadonlyMap<string, ArrayWriter>;
  readonly names: Readonly<Record<string, string>>;
  left: number;
}

function rowOf({ data, shape }: Tensor, index: number): Tensor {
  const each = data.length / shape[0]!;
  return {
    data: data.subarray(index * each, (index + 1) * each),
    shape: shape.slice(1),
  };
}

/** The `.npy` files of one method, which are written as its samples come. */
export class MethodArrays implements AsyncDisposable {
  readonly #inputs: JoinedInputs;
  readonly #inputNames: readonly string[];
  readonly #batchAxes: ReadonlyMap<string, number | undefined>;
  readonly #files: MethodFiles;
  readonly #staging: Staging;
  readonly #open = new Map<OpenedSource, SourceArrays>();

  constructor(
    inputs: JoinedInputs,
    networkInputs: readonly NetworkInput[],
    files: MethodFiles,
    staging: Staging,
  ) {
    this.#inputs = inputs;
    this.#inputNames = networkInputs.map(({ name }) => name);
    this.#batchAxes = new Map(networkInputs.map(({ name, batchAxis }) => [name, batchAxis]));
    this.#files = files;
    this.#staging = staging;
  }

  /** Appends a sample's relevance to the arrays of its source.
   * @param place The sample's place among all.
   * @param at Its place in the batch of relevance.
   * @returns the arrays' names by input. */
  async append(
    place: number,
    relevance: TensorRecord,
    at: number,
  ): Promise<Readonly<Record<string, string>>> {
    const source = this.#sourceAt(place)!;
    const arrays = this.#open.get(source) ?? (await this.#start(source, place, relevance));
    for (const [name, writer] of arrays.byInput) await writer.append(rowOf(relevance[name]!, at));
    if (--arrays.left === 0) {
      this.#open.delete(source);
      for (const writer of arrays.byInput.values()) await writer[Symbol.asyncDispose]();
    }
    return arrays.names;
  }

  #sourceAt(place: number): OpenedSource | undefined {
    return this.#inputs.samples[place]?.sources.get(this.#inputNames[0]!);
  }

  async #start(
    source: OpenedSource,
    place: number,
    relevance: TensorRecord,
  ): Promise<SourceArrays> {
    let rows = 0;
    while (this.#sourceAt(place + rows) === source) rows++;
    const names: Record<string, string> = {};
    const byInput = new Map<string, ArrayWriter>();
    const arrays: SourceArrays = { byInput, names, left: rows };
    this.#open.set(source, arrays);
    for (const input of this.#inputNames) {
      const name = this.#files.array(source, input);
      names[input] = name;
      const shape = relevance[input]!.shape.slice(1);
      const path = this.#staging.path(name);
      byInput.set(input, await ArrayWriter.start(path, rows, shape, this.#batchAxes.get(input)));
    }
    return arrays;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { byInput } of this.#open.values())
      for (const writer of byInput.values()) await writer[Symbol.asyncDispose]();
  }
}
