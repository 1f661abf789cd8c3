import { checkArgument } from '../../arguments/check-argument.js';
import { neuronMajorShape, type WeightsLayout } from '../../layers/neuron-major.js';
import { fromFileLayout, toFileLayout } from '../../layers/parameter.js';
import { firstNotFinite } from '../../tensor/check-finite.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import {
  type FittedEstimator,
  kindsOf,
  type Pattern,
  PATTERN_KINDS,
  type PatternSet,
  type PatternSource,
} from '../pattern-set.js';
import { PATTERNS } from '../patterns-kind.js';
import { type ByteSource, BYTES } from './byte-source.js';
import { invalidFile, type LayerHeader, readHeader, writeHeader } from './pattern-header.js';
import {
  readSafetensors,
  type SafetensorsEntry,
  type SafetensorsFile,
  type SafetensorsType,
  type StoredTensor,
  writeSafetensors,
} from './safetensors.js';

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
  const entries = Object.entries(directions).flatMap(([kind, direction]): SafetensorsEntry[] => {
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
  return [...entries, count, ...moments];
}

/** Writes a pattern file, in safetensors format, version 1, piece by piece: `LAYER/linear`, `LAYER/positive`, `LAYER/negative`, and `LAYER/NAME` for an estimator of a
 * plug-in, float32 in the shapes and layout of the weights in the model file; `LAYER/count`; and the moments, float64, where the patterns have them.
 * @returns The bytes of the file, in order. */
export function writePatterns(patterns: PatternSet): AsyncGenerator<Uint8Array> {
  checkArgument('core', 'writePatterns: patterns', patterns, { ...PATTERNS, required: true });
  const entries = [...patterns.layers].flatMap(([layer, pattern]) => layerEntries(layer, pattern));
  return writeSafetensors(writeHeader(patterns), entries);
}

/** A tensor's numbers, checked, since files may be damaged or made by anyone. */
async function numbers(name: string, stored: StoredTensor): Promise<Float32Array | Float64Array> {
  const { buffer } = await stored.read();
  if (stored.type === 'I64') return Float64Array.from(new BigInt64Array(buffer), Number);
  const data = stored.type === 'F32' ? new Float32Array(buffer) : new Float64Array(buffer);
  return firstNotFinite({ data, shape: stored.shape }) < 0
    ? data
    : invalidFile(
        `the tensor "${name}" holds numbers that are not finite. Fit the patterns again.`,
      );
}

type Types = readonly SafetensorsType[];

/** A tensor of the file that has to be of a type and a shape. */
async function tensorOf(
  file: SafetensorsFile,
  name: string,
  types: Types,
  shape: readonly number[],
): Promise<Tensor> {
  const stored = file.tensors.get(name) ?? invalidFile(`it has no tensor "${name}".`);
  if (!types.includes(stored.type))
    return invalidFile(
      `tensor "${name}" is of type ${stored.type}; expected ${types.join(' or ')}.`,
    );
  if (stored.shape.join() !== shape.join())
    return invalidFile(
      `tensor "${name}" has shape [${stored.shape.join(', ')}]; the layer's is [${shape.join(', ')}].`,
    );
  return { data: await numbers(name, stored), shape };
}

async function readSource(
  file: SafetensorsFile,
  { name, layout, samples }: LayerHeader,
): Promise<PatternSource | undefined> {
  const prefix = `moments/${name}/`;
  if (![...file.tensors.keys()].some((key) => key.startsWith(prefix))) return undefined;
  const { groups } = layout;
  const [neurons, inputs] = neuronMajorShape(layout);
  const perWeight = [neurons, inputs];
  const read = async (key: string, shape: readonly number[]): Promise<Float64Array> =>
    (await tensorOf(file, `${prefix}${key}`, ['F64'], shape)).data as Float64Array;
  const weights = await tensorOf(file, `${prefix}weights`, ['F32', 'F64'], perWeight);
  const load = async (): Promise<LayerMoments> => ({
    neurons,
    inputs,
    groups,
    count: samples,
    shift: await read('shift', [neurons]),
    positiveCount: await read('positiveCount', [neurons]),
    y: await read('y', [neurons]),
    x: await read('x', [groups, inputs]),
    xy: await read('xy', perWeight),
    positiveXy: await read('positiveXy', perWeight),
    positiveX: await read('positiveX', perWeight),
  });
  return { weights: { weights: weights.data, neurons, inputs }, parts: [load] };
}

async function readLayer(
  file: SafetensorsFile,
  header: LayerHeader,
  estimators: readonly FittedEstimator[],
): Promise<Pattern> {
  const { name, layout, samples } = header;
  const { origin, shape } = layout;
  const directions: Record<string, Tensor> = {};
  for (const kind of new Set([...PATTERN_KINDS, ...estimators.flatMap(kindsOf)])) {
    const key = `${name}/${kind}`;
    if (!file.tensors.has(key)) continue;
    const values = await tensorOf(file, key, ['F32'], origin?.shape ?? shape);
    directions[kind] = origin ? fromFileLayout(values, origin) : values;
  }
  const counts = await tensorOf(file, `${name}/count`, ['I64'], [neuronMajorShape(layout)[0]]);
  return {
    layout,
    directions,
    counts: counts.data as Float64Array,
    samples,
    source: await readSource(file, header),
  };
}

/** Reads a pattern file. Moments are read when they are needed, so `source` has to stay readable until then.
 * @throws PatternLensError `invalid-file` where the file is damaged, holds numbers that are not finite, or is no pattern file. */
export async function readPatterns(source: ByteSource): Promise<PatternSet> {
  checkArgument('core', 'readPatterns: source', source, BYTES);
  const file = await readSafetensors(source);
  const header = readHeader(file.metadata);
  const layers = new Map<string, Pattern>();
  for (const layer of header.layers)
    layers.set(layer.name, await readLayer(file, layer, header.estimators));
  const { fingerprint, samples, estimators, preprocessing } = header;
  return { fingerprint, layers, samples, estimators, preprocessing };
}
