import { expects } from '../../arguments/argument-kind.js';
import { checkArgument } from '../../arguments/check-argument.js';
import { checkOptions, type OptionKinds } from '../../arguments/check-options.js';
import { BACKEND } from '../../backend/backend-kind.js';
import type { Backend } from '../../backend/backend.js';
import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import { PatternLensError } from '../../errors/patternlens-error.js';
import { type CancelSignal, throwIfCancelled } from '../../errors/throw-if-cancelled.js';
import type { Range } from '../../layers/reach/box.js';
import { checkInputs } from '../../explain/check-inputs.js';
import { layerNamed, type Network } from '../../network/network.js';
import { NETWORK } from '../../network/network-kind.js';
import { traceForward } from '../../network/trace-forward.js';
import { RESOLVE_KINDS, resolveGiven, type ResolveOptions } from '../../plugins/resolve-network.js';
import { ProgramBuilder } from '../../program/program-builder.js';
import { checkFinite } from '../../tensor/check-finite.js';
import { formatShape, product } from '../../tensor/shape.js';
import { readRecord } from '../../tensor/tensor-record.js';
import type { Tensor, TensorData } from '../../tensor/tensor.js';
import { valueName } from '../../tracing/trace-method.js';
import { occlusionWindows } from './occlusion-windows.js';

/** Where an image's channels, rows and columns are among the axes of the network's input. */
interface ImageAxes {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

export interface OccluderOptions extends ResolveOptions {
  readonly backend: Backend;
  /** The layer whose strongest feature map is watched. */
  readonly layer: string;
  /** Height and width of the square in pixels. */
  readonly size: number;
  readonly stride: number;
  /** What the square is filled with, in the space of the model: a number a channel. */
  readonly fill: readonly number[];
  /** Occluded copies computed at once; default 8. */
  readonly batch?: number | undefined;
}

export interface OcclusionRun {
  /** The class whose probability is watched; default: the most probable one without the square. */
  readonly target?: number | undefined;
  /** The feature map that is watched; default: that of the largest total activation without the square. */
  readonly channel?: number | undefined;
  readonly signal?: CancelSignal | undefined;
  /** Squares done, of all of this sample. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const OCCLUDER_KINDS: OptionKinds<OccluderOptions> = {
  ...RESOLVE_KINDS,
  backend: BACKEND,
  layer: expects.required(expects.text),
  size: expects.required(expects.whole(1)),
  stride: expects.required(expects.whole(1)),
  fill: expects.required(expects.list),
  batch: expects.whole(1),
};

const RUN_KINDS: OptionKinds<OcclusionRun> = {
  target: expects.whole(0),
  channel: expects.whole(0),
  signal: expects.signal,
  onProgress: expects.call,
};

/** What is seen with the square at one position, or without it. */
interface Sight {
  readonly activation: number;
  readonly probability: number;
  readonly class: number;
}

/** What a grey square does to a network, by its position (Zeiler and Fergus 2014, section 4.2). Maps are row-major: `rows.length` times
 * `columns.length` positions. */
export interface OcclusionMaps {
  /** The square's rows and columns, by position; at the border it is cut. */
  readonly rows: readonly Range[];
  readonly columns: readonly Range[];
  /** The feature map that was watched, and the class. */
  readonly channel: number;
  readonly target: number;
  /** Without the square. */
  readonly whole: Sight;
  /** The sum of the feature map over all its positions. */
  readonly activation: Float64Array;
  /** Of the class: by softmax over the logits, or by sigmoid where the network ends in one or has one output. */
  readonly probability: Float64Array;
  /** The most probable class, the first on ties. */
  readonly classes: Int32Array;
}

/** Slides a square over one image after another. */
export interface Occluder extends AsyncDisposable {
  readonly maps: (image: Tensor, run?: OcclusionRun) => Promise<OcclusionMaps>;
  readonly dispose: () => Promise<void>;
}

const softmaxOf = (logits: ArrayLike<number>, target: number): number => {
  let largest = -Infinity;
  for (let at = 0; at < logits.length; at++) largest = Math.max(largest, logits[at]!);
  let sum = 0;
  for (let at = 0; at < logits.length; at++) sum += Math.exp(logits[at]! - largest);
  return Math.exp(logits[target]! - largest) / sum;
};

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  return sum;
}

function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}

const invalid = (message: string): PatternLensError =>
  new PatternLensError('core', 'invalid-argument', `occlusion: ${message}`);

function inRange(what: string, index: number, count: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw invalid(`${what} ${index} is out of range. There are ${count}: 0 to ${count - 1}.`);
}

/** @throws PatternLensError `invalid-argument` where the network does not take one image. */
function imageAxes(network: CanonicalNetwork): ImageAxes {
  const [input, second] = network.inputs;
  const { channels, spatial } = network.axes.get(input!.name)!;
  const [row, column, further] = spatial;
  if (second || channels === undefined || column === undefined || further !== undefined)
    throw invalid(
      `expected a network of one image, got ${network.inputs.map(({ shape }) => formatShape(shape)).join(' and ')}. Use another network.`,
    );
  return { channel: channels, row: row!, column };
}

function checkSquare({ size, stride, fill }: OccluderOptions, channels: number): void {
  for (const [name, value] of Object.entries({ size, stride }))
    if (!Number.isSafeInteger(value) || value < 1)
      throw invalid(`expected a ${name} of at least 1 pixel, got ${value}.`);
  if (stride > size)
    throw invalid(
      `a stride of ${stride} leaves gaps between squares of ${size}. Give a stride of at most the size.`,
    );
  if (fill.length !== channels || !fill.every(Number.isFinite))
    throw invalid(
      `expected ${channels} finite numbers to fill with, one a channel, got ${fill.length}.`,
    );
}

/** One copy of an image for each square, with that square covered. */
function covered(
  image: Tensor,
  squares: readonly (readonly [Range, Range])[],
  fill: readonly number[],
  { channel, row, column }: ImageAxes,
): Tensor {
  const shape = [squares.length, ...image.shape.slice(1)];
  const each = image.data.length;
  const data = new Float32Array(squares.length * each);
  const stepOf = (axis: number): number => product(image.shape.slice(axis + 1));
  const [c, r, k] = [stepOf(channel), stepOf(row), stepOf(column)];
  squares.forEach(([rows, columns], at) => {
    data.set(image.data, at * each);
    fill.forEach((value, index) => {
      for (let y = rows.from; y < rows.to; y++)
        for (let x = columns.from; x < columns.to; x++)
          data[at * each + index * c + y * r + x * k] = value;
    });
  });
  return { data, shape };
}

const cancelledAfter = (done: number, total: number): string =>
  `occlusion: cancelled after ${done} of ${total} squares.`;

/** What a sample's watched layer and output are. */
interface Look {
  /** The sum of each feature map over its positions. */
  readonly totals: readonly number[];
  readonly logits: TensorData;
}

/** Totals of all feature maps, and logits, of each sample. */
function looksOf(value: Tensor, output: Tensor, channels: number): Look[] {
  const samples = output.shape[0]!;
  const row = ({ data }: Tensor, at: number, rows: number): TensorData => {
    const length = data.length / rows;
    return data.subarray(at * length, (at + 1) * length);
  };
  return Array.from({ length: samples }, (_sample, at) => ({
    totals: Array.from({ length: channels }, (_map, channel) =>
      sumOf(row(value, at * channels + channel, samples * channels)),
    ),
    logits: row(output, at, samples),
  }));
}

/** What is watched of a sample: one feature map, and the probability of one class. */
const sightOf = (
  { totals, logits }: Look,
  channel: number,
  target: number,
  oneByOne: boolean,
): Sight => ({
  activation: totals[channel]!,
  probability: oneByOne ? 1 / (1 + Math.exp(-logits[target]!)) : softmaxOf(logits, target),
  class: argMax(logits),
});

/** Makes an occluder, which slides a square over images of a network; its program is compiled once.
 * @throws PatternLensError where the network takes no image or has no such layer, with the nearest name, or a size is out of range. */
export async function createOccluder(
  network: Network,
  options: OccluderOptions,
): Promise<Occluder> {
  checkArgument('core', 'createOccluder: network', network, NETWORK);
  checkOptions('core', 'createOccluder', options, OCCLUDER_KINDS);
  const { backend, layer, size, stride, fill, batch = 8 } = options;
  const canonical = resolveGiven(network, options);
  const axes = imageAxes(canonical);
  const sizes = canonical.inputs[0]!.shape as readonly number[];
  checkSquare(options, sizes[axes.channel]!);
  const watched = layerNamed(canonical, layer);
  const channels = canonical.shapes.get(watched.output)![1] as number;
  const classes = product(canonical.shapes.get(canonical.outputs[0]!)!.slice(1) as number[]);
  const oneByOne = canonical.head === 'sigmoid' || classes === 1;
  const ops = new ProgramBuilder();
  const { values } = traceForward(ops, canonical);
  const names = { value: valueName(layer), output: 'logits of the network' };
  ops.output(names.value, values.get(watched.output)!);
  ops.output(names.output, values.get(canonical.outputs[0]!)!);
  const executable = await backend.compile(ops.build());
  const input = canonical.inputs[0]!.name;
  const rows = occlusionWindows(sizes[axes.row]!, size, stride);
  const columns = occlusionWindows(sizes[axes.column]!, size, stride);
  const squares = rows.flatMap((row) => columns.map((column) => [row, column] as const));

  const look = async (images: Tensor): Promise<Look[]> => {
    const results = await executable.run({ [input]: images });
    const [value, output] = [results[names.value]!, results[names.output]!];
    checkFinite(`layer "${layer}"`, value);
    checkFinite('the output', output);
    return looksOf(value, output, channels);
  };

  return {
    dispose: () => executable.dispose(),
    [Symbol.asyncDispose]: () => executable.dispose(),
    maps: async (given, run = {}) => {
      checkOptions('core', 'maps', run, RUN_KINDS);
      const { signal, onProgress, ...wanted } = run;
      const { [input]: image } = await readRecord(canonical, given);
      checkInputs(canonical, { [input]: image! });
      const [plain] = await look(image!);
      const channel = inRange('feature map', wanted.channel ?? argMax(plain!.totals), channels);
      const target = inRange('class', wanted.target ?? argMax(plain!.logits), classes);
      const seen = (found: Look): Sight => sightOf(found, channel, target, oneByOne);
      const sights: Sight[] = [];
      for (let from = 0; from < squares.length; from += batch) {
        throwIfCancelled(signal, 'core', () => cancelledAfter(from, squares.length));
        const images = covered(image!, squares.slice(from, from + batch), fill, axes);
        sights.push(...(await look(images)).map(seen));
        onProgress?.(sights.length, squares.length);
      }
      return {
        rows,
        columns,
        channel,
        target,
        whole: seen(plain!),
        activation: Float64Array.from(sights, ({ activation }) => activation),
        probability: Float64Array.from(sights, ({ probability }) => probability),
        classes: Int32Array.from(sights, (sight) => sight.class),
      };
    },
  };
}
