import {
  bytesSource,
  joinTensors,
  PatternLensError,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { type InputAxes } from '@patternlens/core/network';
import {
  arraySource,
  canvasDecoder,
  generatedSource,
  imageSource,
  openArray,
  parsePreprocessing,
  type Preprocessing,
} from '@patternlens/data';

/** Samples of a network's only input. */
export interface NamedSamples {
  readonly names: readonly string[];
  readonly values: Tensor;
  readonly preprocessing?: Preprocessing | undefined;
}

const IMAGE = /\.(jpe?g|png|webp|gif|avif|bmp)$/i;
const ARRAY = /\.(npy|npy\.gz|gz|bin|idx\d?-ubyte)$/i;
const PREPROCESSING = /preprocess\.json$/i;

/** Whether a file holds samples, or says how pixels become inputs: not a part of a model. */
export const isOfSamples = ({ name }: File): boolean =>
  IMAGE.test(name) || PREPROCESSING.test(name) || /\.npy(\.gz)?$/i.test(name);

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** Reads up to `wanted` samples of the given files, or generates them where no files of samples are given.
 * @throws PatternLensError where there are none that fit the network. */
export async function readSamples(
  network: Network,
  axes: ReadonlyMap<string, InputAxes>,
  files: readonly File[],
  wanted: number,
): Promise<NamedSamples> {
  const [input, ...others] = network.inputs;
  if (!input || others.length > 0)
    throw new PatternLensError(
      'benchmark',
      'invalid-argument',
      `this page takes networks of one input, this one has ${network.inputs.length}. Use patternlens bench.`,
    );
  const described = files.find(({ name }) => PREPROCESSING.test(name));
  const preprocessing = described && parsePreprocessing(await described.text(), described.name);
  const options = {
    inputShape: input.shape,
    axes: axes.get(input.name),
    ...(preprocessing ? { preprocessing } : {}),
  };
  const images = files.filter(({ name }) => IMAGE.test(name)).slice(0, wanted);
  if (images.length > 0) {
    const source = imageSource(
      images.map((file) => ({ name: file.name, bytes: () => bytesOf(file) })),
      { ...options, ...canvasDecoder },
    );
    return { names: source.names, values: await source.read(0, images.length), preprocessing };
  }
  const arrays = files.filter(({ name }) => ARRAY.test(name));
  const sources =
    arrays.length > 0
      ? await Promise.all(
          arrays.map(async (file) =>
            arraySource(await openArray(file.name, bytesSource(await bytesOf(file))), options),
          ),
        )
      : [arraySource(generatedSource({ count: wanted }), options)];
  const parts: Tensor[] = [];
  const names: string[] = [];
  for (const { name, count, read } of sources) {
    const taken = Math.min(count, wanted - names.length);
    if (taken <= 0) break;
    parts.push(await read(0, taken));
    names.push(...Array.from({ length: taken }, (_, at) => `${name} ${at}`));
  }
  if (names.length === 0)
    throw new PatternLensError(
      'benchmark',
      'empty-data',
      'the files hold no samples. Choose others.',
    );
  return { names, values: joinTensors(parts), preprocessing };
}
