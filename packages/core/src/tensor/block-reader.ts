import { joinTensors, sliceSamples } from './join-samples.js';
import { samplesFirst } from './model-layout.js';
import {
  asRecord,
  type NamedInputs,
  type TensorInput,
  type TensorRecord,
} from './tensor-record.js';

/** Samples per block: the unit of float32 sums, of shards and of resuming. */
export const BLOCK = 8;

/** Samples that can be read in any order, as from files. */
export interface SampleSource {
  /** The number of samples. */
  readonly count: number;
  /** Reads `count` samples from sample number `first` (from 0) on: tensors whose axis 0 is the batch of `count`, wherever the model has it. */
  readonly read: (first: number, count: number) => Promise<TensorInput>;
}

/** What patterns are fitted on: batches of any sizes in the model's own layout, in order, or a source that can be read anywhere. A fit that takes several
 * passes over the data iterates them anew for each, so they must allow that. */
export type SampleData = AsyncIterable<TensorInput> | Iterable<TensorInput> | SampleSource;

export interface Block {
  readonly index: number;
  readonly samples: number;
  readonly inputs: TensorRecord;
}

export const isSource = (data: SampleData): data is SampleSource => 'read' in data;

const samplesIn = (inputs: TensorRecord): number => Object.values(inputs)[0]?.shape[0] ?? 0;

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

async function* fromSource(
  names: NamedInputs,
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
    return { index, samples, inputs: asRecord(names, await source.read(index * BLOCK, samples)) };
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
  names: NamedInputs,
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
    const inputs = samplesFirst(names, asRecord(names, batch));
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
  names: NamedInputs,
  data: SampleData,
  limit: number,
  wanted: (index: number) => boolean,
): AsyncGenerator<Block> {
  return isSource(data)
    ? fromSource(names, data, limit, wanted)
    : fromBatches(names, data, limit, wanted);
}
