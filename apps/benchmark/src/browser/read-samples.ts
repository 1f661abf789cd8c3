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
import { bytesOf, type GivenFile } from './given-file.js';

/** Samples of a network's only input. */
export interface NamedSamples {
  readonly names: readonly string[];
  readonly values: Tensor;
  readonly preprocessing?: Preprocessing | undefined;
}

/** Files that hold samples. */
export interface SampleFiles {
  readonly images: readonly GivenFile[];
  readonly arrays: readonly GivenFile[];
  readonly preprocessing?: GivenFile | undefined;
}

const readPreprocessing = async (file: GivenFile): Promise<Preprocessing> =>
  parsePreprocessing(new TextDecoder().decode(await bytesOf(file)), file.name);

/** Reads up to `wanted` samples of the given files, or generates them where no files of samples are given.
 * @throws PatternLensError where there are none that fit the network. */
export async function readSamples(
  network: Network,
  axes: ReadonlyMap<string, InputAxes>,
  { images: given, arrays, preprocessing: described }: SampleFiles,
  wanted: number,
): Promise<NamedSamples> {
  const [input, ...others] = network.inputs;
  if (!input || others.length > 0)
    throw new PatternLensError(
      'benchmark',
      'invalid-argument',
      `this page takes networks of one input, this one has ${network.inputs.length}. Use patternlens bench.`,
    );
  const preprocessing = described && (await readPreprocessing(described));
  const options = {
    inputShape: input.shape,
    axes: axes.get(input.name),
    ...(preprocessing ? { preprocessing } : {}),
  };
  const images = given.slice(0, wanted);
  if (images.length > 0) {
    const source = imageSource(
      images.map((file) => ({ name: file.name, bytes: () => bytesOf(file) })),
      { ...options, ...canvasDecoder },
    );
    return { names: source.names, values: await source.read(0, images.length), preprocessing };
  }
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
