import { PatternLensError } from '../errors.js';
import type { ByteSource } from '../files/byte-source.js';
import {
  readSafetensors,
  writeSafetensors,
  type SafetensorsEntry,
  type SafetensorsFile,
  type StoredTensor,
} from '../files/safetensors.js';
import type { NeuronWeights } from '../estimators/estimator.js';
import type { WeightsLayout } from '../layers/neuron-major.js';
import { fromFileLayout, toFileLayout } from '../layers/parameter.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import type { Tensor } from '../tensor/tensor.js';
import { product } from '../tensor/shape.js';
import { firstNotFinite } from '../backend/check-finite.js';
import type { LayerFingerprint } from './fingerprint.js';
import {
  PATTERN_KINDS,
  type FittedEstimator,
  type Pattern,
  type PatternKind,
  type PatternSet,
  type PatternSource,
} from './pattern-set.js';

const VERSION = 1;
const KEY = 'patternlens';

interface LayerHeader {
  readonly name: string;
  readonly layout: WeightsLayout;
  readonly samples: number;
}

interface Header {
  readonly version: number;
  readonly samples: number;
  readonly estimators: readonly FittedEstimator[];
  readonly preprocessing?: string | undefined;
  readonly fingerprint: readonly LayerFingerprint[];
  readonly layers: readonly LayerHeader[];
}

const bytesOf = (values: Float32Array | Float64Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Sums of a layer's neurons that are kept, `[neurons, ...]`, so that parts of them can be written one behind the other. */
const PER_NEURON = ['shift', 'positiveCount', 'y'] as const;
const PER_WEIGHT = ['xy', 'positiveXy', 'positiveX'] as const;

function momentsEntries(
  layer: string,
  { groups }: WeightsLayout,
  { weights, parts }: PatternSource,
): SafetensorsEntry[] {
  const { neurons, inputs } = weights;
  const name = (key: string): string => `moments/${layer}/${key}`;
  const each = (
    key: (typeof PER_NEURON)[number] | (typeof PER_WEIGHT)[number],
    shape: number[],
  ): SafetensorsEntry => ({
    name: name(key),
    type: 'F64',
    shape,
    pieces: async function* () {
      for (const part of parts) yield bytesOf((await part())[key]);
    },
  });
  const single = weights.weights instanceof Float32Array;
  return [
    {
      name: name('weights'),
      type: single ? 'F32' : 'F64',
      shape: [neurons, inputs],
      pieces: () => [bytesOf(weights.weights)],
    },
    // The sums of x are the same for all neurons of a group, and a layer of several groups is never split.
    {
      name: name('x'),
      type: 'F64',
      shape: [groups, inputs],
      pieces: async function* () {
        yield bytesOf((await parts[0]!()).x);
      },
    },
    ...PER_NEURON.map((key) => each(key, [neurons])),
    ...PER_WEIGHT.map((key) => each(key, [neurons, inputs])),
  ];
}

function layerEntries(layer: string, pattern: Pattern): SafetensorsEntry[] {
  const { directions, counts, layout, source } = pattern;
  const own = PATTERN_KINDS.flatMap((kind): SafetensorsEntry[] => {
    const direction = directions[kind];
    if (!direction) return [];
    const { data, shape } = layout.origin ? toFileLayout(direction, layout.origin) : direction;
    return [
      {
        name: `${layer}/${kind}`,
        type: 'F32',
        shape,
        pieces: () => [bytesOf(Float32Array.from(data))],
      },
    ];
  });
  const count: SafetensorsEntry = {
    name: `${layer}/count`,
    type: 'I64',
    shape: [counts.length],
    pieces: () => [bytesOf(BigInt64Array.from(counts, (value) => BigInt(value)))],
  };
  const moments = source ? momentsEntries(layer, layout, source) : [];
  return [...own, count, ...moments];
}

/** A pattern file (safetensors), piece by piece: `LAYER/linear`, `/positive`, `/negative` in the shapes and layout of the model file's own weights,
 * `LAYER/count`, and the moments where the patterns have them. */
export function writePatterns(patterns: PatternSet): AsyncGenerator<Uint8Array> {
  const header: Header = {
    version: VERSION,
    samples: patterns.samples,
    estimators: patterns.estimators,
    preprocessing: patterns.preprocessing,
    fingerprint: patterns.fingerprint,
    layers: [...patterns.layers].map(([name, { layout, samples }]) => ({ name, layout, samples })),
  };
  const entries = [...patterns.layers].flatMap(([layer, pattern]) => layerEntries(layer, pattern));
  return writeSafetensors(
    { format: 'patternlens-patterns', [KEY]: JSON.stringify(header) },
    entries,
  );
}

function invalid(message: string, cause?: unknown): never {
  throw new PatternLensError('invalid-file', `[core] pattern file: ${message}`, {}, cause);
}

const isSize = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) > 0;
/** A shard may have no samples. */
const isCount = (value: unknown): boolean => value === 0 || isSize(value);
const areSizes = (value: unknown): boolean => Array.isArray(value) && value.every(isSize);

/** Whether a layer's description can be worked with. It may come from a stranger. */
function isLayerHeader(value: unknown): value is LayerHeader {
  const { name, layout, samples } = (value ?? {}) as Partial<LayerHeader>;
  if (typeof name !== 'string' || !isCount(samples) || typeof layout !== 'object') return false;
  const { kind, shape, groups, origin } = layout as Partial<WeightsLayout>;
  if (typeof kind !== 'string' || !areSizes(shape) || !isSize(groups)) return false;
  const steps = origin?.steps as readonly unknown[] | undefined;
  return (
    origin === undefined ||
    (areSizes(origin.shape) &&
      Array.isArray(steps) &&
      steps.every((step) => typeof step === 'object'))
  );
}

function parseHeader({ metadata }: SafetensorsFile): Header {
  const text = metadata[KEY];
  if (text === undefined) return invalid('it is a safetensors file, but not one of patterns.');
  let header: Partial<Header>;
  try {
    header = JSON.parse(text) as Partial<Header>;
  } catch (cause) {
    return invalid('its description is damaged. Fit the patterns again.', cause);
  }
  if (header.version !== VERSION)
    return invalid(
      `it is of version ${String(header.version)}; this program reads version ${VERSION}.`,
    );
  const { layers, fingerprint, estimators, samples } = header;
  if (
    Array.isArray(layers) &&
    layers.every(isLayerHeader) &&
    Array.isArray(fingerprint) &&
    Array.isArray(estimators) &&
    isCount(samples)
  )
    return header as Header;
  return invalid('its description is damaged. Fit the patterns again.');
}

async function numbers(stored: StoredTensor): Promise<Float32Array | Float64Array> {
  const bytes = await stored.read();
  if (stored.type === 'F32') return new Float32Array(bytes.buffer);
  return stored.type === 'F64'
    ? new Float64Array(bytes.buffer)
    : Float64Array.from(new BigInt64Array(bytes.buffer), Number);
}

async function required(
  file: SafetensorsFile,
  name: string,
  size: number,
): Promise<Float32Array | Float64Array> {
  const stored = file.tensors.get(name) ?? invalid(`it has no tensor "${name}".`);
  if (product(stored.shape) !== size)
    return invalid(
      `tensor "${name}" has shape [${stored.shape.join(', ')}], ${size} values are expected.`,
    );
  return numbers(stored);
}

const doubles = (values: Float32Array | Float64Array): Float64Array =>
  values instanceof Float64Array ? values : Float64Array.from(values);

async function readSource(
  file: SafetensorsFile,
  { name, layout, samples }: LayerHeader,
): Promise<PatternSource | undefined> {
  if (!file.tensors.has(`moments/${name}/xy`)) return undefined;
  const { shape } = file.tensors.get(`moments/${name}/xy`)!;
  const [neurons, inputs] = shape as [number, number];
  const read = (key: string, size: number): Promise<Float32Array | Float64Array> =>
    required(file, `moments/${name}/${key}`, size);
  const weights: NeuronWeights = {
    weights: await read('weights', neurons * inputs),
    neurons,
    inputs,
  };
  const load = async (): Promise<LayerMoments> => ({
    neurons,
    inputs,
    groups: layout.groups,
    count: samples,
    shift: doubles(await read('shift', neurons)),
    positiveCount: doubles(await read('positiveCount', neurons)),
    y: doubles(await read('y', neurons)),
    x: doubles(await read('x', layout.groups * inputs)),
    xy: doubles(await read('xy', neurons * inputs)),
    positiveXy: doubles(await read('positiveXy', neurons * inputs)),
    positiveX: doubles(await read('positiveX', neurons * inputs)),
  });
  return { weights, parts: [load] };
}

async function readLayer(file: SafetensorsFile, header: LayerHeader): Promise<Pattern> {
  const { name, layout, samples } = header;
  const directions: Partial<Record<PatternKind, Tensor>> = {};
  for (const kind of PATTERN_KINDS) {
    const stored = file.tensors.get(`${name}/${kind}`);
    if (!stored) continue;
    const values: Tensor = { data: await numbers(stored), shape: stored.shape };
    if (firstNotFinite(values) >= 0)
      invalid(`the patterns "${name}/${kind}" hold numbers that are not finite. Fit them again.`);
    const direction = layout.origin ? fromFileLayout(values, layout.origin) : values;
    if (direction.shape.join() !== layout.shape.join())
      invalid(
        `the patterns "${name}/${kind}" have shape [${stored.shape.join(', ')}], which does not fit the layer.`,
      );
    directions[kind] = direction;
  }
  const count = file.tensors.get(`${name}/count`) ?? invalid(`it has no tensor "${name}/count".`);
  return {
    layout,
    directions,
    counts: doubles(await numbers(count)),
    samples,
    source: await readSource(file, header),
  };
}

/** Reads a pattern file. Moments are read from it when they are needed.
 * @throws PatternLensError `invalid-file` where it is damaged, or is not one. */
export async function readPatterns(source: ByteSource): Promise<PatternSet> {
  const file = await readSafetensors(source);
  const header = parseHeader(file);
  const layers = new Map<string, Pattern>();
  for (const layer of header.layers) layers.set(layer.name, await readLayer(file, layer));
  const { fingerprint, samples, estimators, preprocessing } = header;
  return { fingerprint, layers, samples, estimators, preprocessing };
}
