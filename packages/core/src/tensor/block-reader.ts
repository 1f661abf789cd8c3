import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { described, isPromise } from '../arguments/described.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { checkTensor } from './check-tensor.js';
import { joinTensors, sliceSamples } from './join-samples.js';
import { samplesFirst } from './model-layout.js';
import { isTensorLike } from './tensor-like.js';
import {
  type ModelInput,
  type NamedInputs,
  readRecord,
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

const isCount = (count: unknown): boolean => Number.isInteger(count) && (count as number) >= 0;

/** What a source of samples is, as an argument. */
export const SOURCE = {
  expected: 'a source of samples: a count and a function read(first, count)',
  accepts: (value: unknown): boolean =>
    expects.object.accepts(value) &&
    typeof (value as Partial<SampleSource>).read === 'function' &&
    isCount((value as Partial<SampleSource>).count),
  required: true,
};

/** What patterns are fitted on: batches of any sizes in the model's own layout, in order, a single batch, or a source that can be read anywhere. A fit that takes several
 * passes over the data iterates them anew for each, so they must allow that. */
export type SampleData =
  | AsyncIterable<ModelInput>
  | Iterable<ModelInput>
  | Exclude<ModelInput, readonly unknown[]>
  | SampleSource;

/** Samples as batches or a source. */
export type Samples = AsyncIterable<ModelInput> | Iterable<ModelInput> | SampleSource;

export interface Block {
  readonly index: number;
  readonly samples: number;
  readonly inputs: TensorRecord;
}

export const isSource = (data: SampleData): data is SampleSource => 'read' in data;

const isIterable = (data: object): boolean =>
  Symbol.asyncIterator in data || Symbol.iterator in data;

/** Samples as batches or a source, checked; a single batch becomes a list of one.
 * @throws PatternLensError `invalid-argument` saying what it is instead, and what to write. */
export function samplesOf({ inputs }: NamedInputs, data: SampleData): Samples {
  const fail = (what: string, remedy: string): never => {
    throw new PatternLensError('core', 'invalid-argument', `samples: ${what}. ${remedy}`);
  };
  const given: unknown = data;
  const expected = `expected batches (an array or an iterable of tensors), one batch, or a source of samples, got ${described(given)}`;
  if (isPromise(given)) fail(expected, 'Write await in front of what makes it.');
  if (typeof given === 'function') fail(expected, 'Call it, and hand in what it returns.');
  if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given))
    return fail(expected, 'Write [tensor(values, shape)].');
  if ('read' in given) {
    checkArgument('core', 'samples', given, SOURCE);
    return given as SampleSource;
  }
  if (isIterable(given)) return given as Samples;
  if (isTensorLike(given) || inputs.some(({ name }) => name in given)) return [given as ModelInput];
  return fail(
    expected,
    `Write [batch], or a record { ${inputs.map(({ name }) => name).join(', ')} }.`,
  );
}

/** Tensors that can be cut into samples. */
function checked(inputs: TensorRecord, first: number): TensorRecord {
  for (const [name, value] of Object.entries(inputs))
    checkTensor(`input "${name}", samples from ${first}`, value);
  return inputs;
}

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
    return {
      index,
      samples,
      inputs: checked(await readRecord(names, source.read(index * BLOCK, samples)), index * BLOCK),
    };
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
  batches: AsyncIterable<ModelInput> | Iterable<ModelInput>,
  limit: number,
  wanted: (index: number) => boolean,
): AsyncGenerator<Block> {
  let waiting: TensorRecord[] = [];
  let held = 0,
    index = 0,
    seen = 0;
  const block = (): Block => ({ index, samples: held, inputs: joinRecords(waiting) });
  for await (const batch of batches) {
    const inputs = checked(samplesFirst(names, await readRecord(names, batch)), seen);
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
  const samples = samplesOf(names, data);
  return isSource(samples)
    ? fromSource(names, samples, limit, wanted)
    : fromBatches(names, samples, limit, wanted);
}
