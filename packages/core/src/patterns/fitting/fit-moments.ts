import type { Backend } from '../../backend/backend.js';
import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import { PatternLensError } from '../../errors/patternlens-error.js';
import { type CancelSignal, throwIfCancelled } from '../../errors/throw-if-cancelled.js';
import { neuronLayout } from '../../layers/linear-operator.js';
import { checkWeights } from '../../network/check-weights.js';
import {
  BLOCK,
  type Block,
  isSource,
  readBlocks,
  type SampleData,
  type Samples,
  samplesOf,
} from '../../tensor/block-reader.js';
import { checkFinite, firstNotFinite } from '../../tensor/check-finite.js';
import { checkTensor } from '../../tensor/check-tensor.js';
import { sizeOf } from '../../tensor/shape.js';
import type { TensorRecord } from '../../tensor/tensor-record.js';
import { tensor } from '../../tensor/tensor.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import {
  type MomentsPort,
  type NeuronRange,
  traceMoments,
  traceShifts,
} from '../moments/trace-moments.js';
import { checkpointTimer } from './checkpoint-timer.js';
import { type FitProgress, progressMeter } from './fit-progress.js';
import { MomentsAccumulator } from './moments-accumulator.js';
import { memoryStore, type MomentsStore } from './moments-store.js';
import { planPasses } from './plan-passes.js';

/** What a fit needs to go on where it stopped. */
export interface FitCheckpoint {
  /** The pass that is under way, from 0. */
  readonly pass: number;
  /** The next block of samples to look at in it. */
  readonly nextBlock: number;
  /** Samples added in it so far. */
  readonly samples: number;
  /** The constants about which every layer's moments are taken. */
  readonly shifts: ReadonlyMap<string, Float64Array>;
  /** The sums of this pass. */
  readonly moments: readonly { readonly range: NeuronRange; readonly moments: LayerMoments }[];
}

export interface FitMomentsOptions {
  readonly backend: Backend;
  /** At most this number of samples is read. */
  readonly limit?: number | undefined;
  /** Take only the `index`-th of every `count` blocks of samples, from 1. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  /** Bytes of moments held at once; what is beyond them takes further passes over the data. Default 2 GB. */
  readonly memory?: number | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  /** Called now and then, and before a fit that is cancelled ends. The sums are only valid until it has ended. */
  readonly onCheckpoint?: ((checkpoint: FitCheckpoint) => Promise<void>) | undefined;
  /** Seconds between checkpoints; more where writing one would take more than 5 % of the time. Default 30. */
  readonly checkpointSeconds?: number | undefined;
  readonly resume?: FitCheckpoint | undefined;
  /** Where moments of finished passes are kept; default: in memory. */
  readonly store?: MomentsStore | undefined;
}

export interface FittedMoments {
  readonly samples: number;
  readonly passes: readonly (readonly NeuronRange[])[];
  readonly store: MomentsStore;
}

const TWO_GB = 2e9;

type Shifts = ReadonlyMap<string, Float64Array>;

/** Samples (and positions) that one input gives a layer. */
function positionsOf(network: CanonicalNetwork, { layer }: NeuronRange): number {
  const shape = network.shapes.get(layer.output)!;
  return sizeOf(layer.kind === 'dense' ? shape.slice(1, -1) : shape.slice(2)) as number;
}

/** Every layer's mean of y over a block, rounded to float32 so that every backend takes the same. */
async function shiftsOf(
  network: CanonicalNetwork,
  backend: Backend,
  block: Block,
): Promise<Shifts> {
  const { program, ports } = traceShifts(network);
  const executable = await backend.compile(program);
  try {
    const sums = await executable.run(block.inputs);
    return new Map(
      ports.map((port) => {
        const count = block.samples * positionsOf(network, port);
        return [
          port.layer.name,
          Float64Array.from(sums[port.sums]!.data, (sum) => Math.fround(sum / count)),
        ];
      }),
    );
  } finally {
    await executable.dispose();
  }
}

/** The entries of a layer's vector that a range covers, group by group. */
function cut(values: Float64Array, { layer, from, to }: NeuronRange): Float64Array {
  const { neurons, groups } = neuronLayout(layer);
  const each = neurons / groups;
  const covered = to - from;
  return Float64Array.from(
    { length: groups * covered },
    (_, at) => values[Math.floor(at / covered) * each + from + (at % covered)]!,
  );
}

/** Several passes need data that can be iterated again. */
function canBeReadAgain(data: Samples): boolean {
  if (isSource(data)) return true;
  const iterator =
    Symbol.asyncIterator in data ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
  return (iterator as unknown) !== data;
}

function ownSamples(
  data: Samples,
  limit: number,
  mine: (index: number) => boolean,
): number | undefined {
  if (!isSource(data)) return undefined;
  const total = Math.min(limit, data.count);
  const blocks = Array.from({ length: Math.ceil(total / BLOCK) }, (_, index) => index).filter(mine);
  return blocks.reduce((sum, index) => sum + Math.min(BLOCK, total - index * BLOCK), 0);
}

function checkResults(ports: readonly MomentsPort[], results: TensorRecord, block: Block): void {
  for (const port of ports) {
    const bad = [results[port.sums]!, results[port.products]!].some(
      (value) => firstNotFinite(value) >= 0,
    );
    if (!bad) continue;
    throw new PatternLensError(
      'core',
      'not-finite',
      `layer "${port.layer.name}": its moments are not finite in samples ${block.index * BLOCK} to ${block.index * BLOCK + block.samples - 1}. Look at these inputs and at the layer's weights.`,
      { layer: port.layer.name },
    );
  }
}

function checkBlock({ inputs, index }: Block): void {
  for (const [name, value] of Object.entries(inputs)) {
    const what = `input "${name}", samples from ${index * BLOCK}`;
    checkTensor(what, value);
    checkFinite(what, value);
  }
}

function checkShard({ index, count }: { readonly index: number; readonly count: number }): void {
  if (Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count) return;
  throw new PatternLensError(
    'core',
    'invalid-argument',
    `shard ${index} of ${count}: shards are counted from 1 to their number.`,
  );
}

/** What all passes of one fit share. */
interface Fit {
  readonly network: CanonicalNetwork;
  readonly data: Samples;
  readonly options: FitMomentsOptions;
  readonly limit: number;
  /** Whether a block belongs to this shard. */
  readonly mine: (block: number) => boolean;
  readonly report: ReturnType<typeof progressMeter>;
  readonly store: MomentsStore;
}

/** The shifts of every layer's neurons, as inputs of a pass's program. */
const shiftInputs = (ports: readonly MomentsPort[], shifts: Shifts): TensorRecord =>
  Object.fromEntries(
    ports.map((port) => {
      const values = Float32Array.from(cut(shifts.get(port.layer.name)!, port));
      return [port.shift, tensor(values, [values.length])] as const;
    }),
  );

/** Accumulators of a pass, which go on from a checkpoint where there is one. */
const accumulatorsOf = (
  ports: readonly MomentsPort[],
  shifts: Shifts,
  continued: FitCheckpoint | undefined,
): MomentsAccumulator[] =>
  ports.map(
    (port, at) =>
      new MomentsAccumulator(
        port,
        cut(shifts.get(port.layer.name)!, port),
        continued?.moments[at]?.moments,
      ),
  );

/** One pass over the data: the moments of some ranges of neurons go to the store.
 * @returns the samples of this shard, and the shifts, which the first pass finds. */
async function fitPass(
  { network, data, options, limit, mine, report, store }: Fit,
  pass: number,
  ranges: readonly NeuronRange[],
  known: Shifts | undefined,
): Promise<{ samples: number; shifts: Shifts }> {
  const { backend, resume, signal } = options;
  const continued = resume?.pass === pass ? resume : undefined;
  const first = continued?.nextBlock ?? 0;
  const { program, ports } = traceMoments(network, ranges);
  const executable = await backend.compile(program);
  const timer = checkpointTimer(options.checkpointSeconds ?? 30);
  let samples = continued?.samples ?? 0;
  let shifts = known;
  let sums: MomentsAccumulator[] | undefined;
  try {
    // Block 0 is read by every shard, since the shifts are computed from it.
    const wanted = (index: number): boolean =>
      (mine(index) && index >= first) || (index === 0 && shifts === undefined);
    for await (const block of readBlocks(network, data, limit, wanted)) {
      checkBlock(block);
      const blockShifts = (shifts ??= await shiftsOf(network, backend, block));
      const accumulators = (sums ??= accumulatorsOf(ports, blockShifts, continued));
      if (!mine(block.index) || block.index < first) continue;
      const save = async (nextBlock: number): Promise<void> => {
        const moments = ports.map((range, at) => ({ range, moments: accumulators[at]!.moments }));
        const at = { pass, nextBlock, samples, shifts: blockShifts };
        await options.onCheckpoint?.({ ...at, moments });
      };
      if (signal?.aborted === true) await save(block.index);
      throwIfCancelled(signal, 'core', () => `fitting was cancelled after ${samples} samples.`);
      const inputs = { ...block.inputs, ...shiftInputs(ports, blockShifts) };
      const results = await executable.run(inputs);
      checkResults(ports, results, block);
      ports.forEach((port, at) => {
        const counted = block.samples * positionsOf(network, port);
        accumulators[at]!.add(results[port.products]!, results[port.sums]!, counted);
      });
      samples += block.samples;
      options.onProgress?.(report(pass + 1, samples));
      if (options.onCheckpoint) await timer(() => save(block.index + 1));
    }
    if (shifts === undefined) throw noSamples();
    const done = sums ?? accumulatorsOf(ports, shifts, continued);
    for (const [at, port] of ports.entries()) await store.put(port, done[at]!.moments);
    return { samples, shifts };
  } finally {
    await executable.dispose();
  }
}

const noSamples = (): PatternLensError =>
  new PatternLensError(
    'core',
    'empty-data',
    'patterns: the data hold no samples. Check the path, and that its files are images or arrays.',
  );

/** Sums the moments of every fitted layer of a network over data. What it holds does not grow with the number of samples, and the
 * sums do not depend on batches, shards or interruptions.
 * @throws PatternLensError `cancelled` when the signal is aborted, after a last checkpoint; `empty-data`; `not-finite` naming the layer. */
export async function fitMoments(
  network: CanonicalNetwork,
  given: SampleData,
  options: FitMomentsOptions,
): Promise<FittedMoments> {
  const data = samplesOf(network, given);
  const { shard = { index: 1, count: 1 }, limit = Infinity, resume } = options;
  const { store = memoryStore() } = options;
  checkWeights(network);
  checkShard(shard);
  const passes = planPasses(network, options.memory ?? TWO_GB);
  if (passes.length > 1 && !canBeReadAgain(data)) {
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `patterns: within the memory limit their moments take ${passes.length} passes over the data, which can be read only once. Raise the limit, or hand in data that can be iterated again.`,
    );
  }
  const mine = (index: number): boolean => index % shard.count === shard.index - 1;
  const report = progressMeter(passes.length, ownSamples(data, limit, mine), () => Date.now());
  const fit: Fit = { network, data, options, limit, mine, report, store };
  let shifts = resume?.shifts;
  let samples = 0;
  for (let pass = resume?.pass ?? 0; pass < passes.length; pass++)
    ({ samples, shifts } = await fitPass(fit, pass, passes[pass]!, shifts));
  return { samples, passes, store };
}
