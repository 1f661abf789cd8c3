import type { TensorRecord } from '../backend/backend.js';
import { PatternLensError } from '../errors.js';
import type { Network } from '../network/network.js';
import { product } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** Samples per block: the unit of float32 sums, of shards and of resuming. */
export const BLOCK = 8;

/** One tensor, or one by input name where a network has several inputs. */
export type TensorInput = Tensor | TensorRecord;

/** Samples that can be read in any order, as from files. */
export interface SampleSource {
  readonly count: number;
  readonly read: (first: number, count: number) => Promise<TensorInput>;
}

/** What patterns are fitted on: batches of any sizes, in order, or a source that can be read anywhere. */
export type SampleData = AsyncIterable<TensorInput> | Iterable<TensorInput> | SampleSource;

export interface Block {
  readonly index: number;
  readonly samples: number;
  readonly inputs: TensorRecord;
}

export const isSource = (data: SampleData): data is SampleSource => 'read' in data;

/** The record of tensors that a network takes.
 * @throws PatternLensError `invalid-argument` naming the input that is missing. */
export function asRecord(network: Network, input: TensorInput): TensorRecord {
  if (typeof input !== 'object' || (input as unknown) === null)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `expected a tensor, or a record of tensors by input name ("${network.inputs.map(({ name }) => name).join('", "')}"), got ${typeof input}.`,
    );
  if (!('data' in input && 'shape' in input && ArrayBuffer.isView(input.data)))
    return input as TensorRecord;
  const [only, second] = network.inputs;
  if (second)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `the network has several inputs: hand in a record { ${network.inputs.map(({ name }) => name).join(', ')} }.`,
    );
  return { [only!.name]: input as Tensor };
}

const samplesIn = (inputs: TensorRecord): number => Object.values(inputs)[0]?.shape[0] ?? 0;

/** Samples `from` to `to` of a tensor, without copying. */
export function sliceSamples({ data, shape }: Tensor, from: number, to: number): Tensor {
  const each = product(shape.slice(1));
  return {
    data: data.subarray(from * each, to * each),
    shape: [to - from, ...shape.slice(1)],
  };
}

const sliceRecord = (inputs: TensorRecord, from: number, to: number): TensorRecord =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, sliceSamples(value, from, to)]),
  );

function joinRecords(parts: readonly TensorRecord[]): TensorRecord {
  const [first] = parts;
  if (parts.length === 1) return first!;
  return Object.fromEntries(
    Object.keys(first!).map((name) => [name, joinTensors(parts.map((part) => part[name]!))]),
  );
}

/** Tensors joined along the batch. */
export function joinTensors(parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  const total = parts.reduce((sum, part) => sum + part.data.length, 0);
  const data =
    first!.data instanceof Float32Array ? new Float32Array(total) : new Float64Array(total);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return {
    data,
    shape: [parts.reduce((sum, part) => sum + part.shape[0]!, 0), ...first!.shape.slice(1)],
  };
}

async function* fromSource(
  network: Network,
  source: SampleSource,
  limit: number,
  wanted: (index: number) => boolean,
): AsyncGenerator<Block> {
  const total = Math.min(limit, source.count);
  const indices = Array.from({ length: Math.ceil(total / BLOCK) }, (_, index) => index).filter(
    wanted,
  );
  const read = async (index: number): Promise<Block> => {
    const samples = Math.min(BLOCK, total - index * BLOCK);
    return { index, samples, inputs: asRecord(network, await source.read(index * BLOCK, samples)) };
  };
  let next = indices.length > 0 ? read(indices[0]!) : undefined;
  for (let at = 0; next; at++) {
    const block = await next;
    // The next block is read while this one is computed; a failure is thrown when its turn comes.
    next = at + 1 < indices.length ? read(indices[at + 1]!) : undefined;
    next?.catch(() => undefined);
    yield block;
  }
}

async function* fromBatches(
  network: Network,
  batches: AsyncIterable<TensorInput> | Iterable<TensorInput>,
  limit: number,
  wanted: (index: number) => boolean,
): AsyncGenerator<Block> {
  let waiting: TensorRecord[] = [];
  let held = 0,
    index = 0,
    seen = 0;
  const block = (): Block => ({ index, samples: held, inputs: joinRecords(waiting) });
  for await (const batch of batches) {
    const inputs = asRecord(network, batch);
    const count = Math.min(samplesIn(inputs), limit - seen);
    seen += count;
    for (let from = 0; from < count;) {
      const take = Math.min(BLOCK - held, count - from);
      waiting.push(sliceRecord(inputs, from, from + take));
      held += take;
      from += take;
      if (held < BLOCK) continue;
      if (wanted(index)) yield block();
      waiting = [];
      held = 0;
      index++;
    }
    if (seen >= limit) break;
  }
  if (held > 0 && wanted(index)) yield block();
}

/** Blocks of eight samples, aligned to the sample's index in the data; those that are not wanted are passed over. */
export function readBlocks(
  network: Network,
  data: SampleData,
  limit: number,
  wanted: (index: number) => boolean,
): AsyncGenerator<Block> {
  return isSource(data)
    ? fromSource(network, data, limit, wanted)
    : fromBatches(network, data, limit, wanted);
}
