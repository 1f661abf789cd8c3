import { basename, dirname, extname, join } from 'node:path';
import { joinTensors, PatternLensError, type Shape, type Tensor } from '@patternlens/core';
import { type InputAxes } from '@patternlens/core/network';
import { firstNotFinite } from '@patternlens/core/tensor';
import {
  arraySource,
  generateBatch,
  generatedSource,
  imageSource,
  inputLayout,
  openArray,
  readIdxLabels,
  type OpenedArray,
} from '@patternlens/data';
import { UsageError } from '../arguments/usage-error.js';
import {
  usedPreprocessing,
  type PreprocessingChoice,
  type UsedPreprocessing,
} from '../models/preprocessing-choice.js';
import { fileSource, readBytes, statOf } from './file-bytes.js';
import type { OpenedSource } from './opened-source.js';
import { imagesIn } from './image-folder.js';
import { formatByBytes, formatByName, HEAD, notRead, type KnownFormat } from './image-formats.js';
import { samplesFirst } from './samples-first.js';
import { sharpDecoder } from './sharp-decoder.js';

export interface SourceOptions {
  /** The network's input, the batch first. */
  readonly inputShape: Shape;
  readonly axes: InputAxes;
  /** Where arrays of the model's own layout have the batch, if not at axis 0. */
  readonly batchAxis?: number | undefined;
  /** How images become the input's values. */
  readonly preprocessing: PreprocessingChoice;
  /** Told what of a folder is left out. */
  readonly say?: ((line: string) => void) | undefined;
  /** Samples of a source that has no end of its own. */
  readonly generated: number;
}

/** A file's name without what only says its format. */
function stemOf(path: string): string {
  const name = basename(path).replace(/\.gz$/i, '');
  const ending = extname(name);
  return ending === '' ? name : name.slice(0, -ending.length);
}

/** The class of an image whose name begins with its number: `007-cock.jpg`. */
function classInName(path: string): number[] | undefined {
  const found = /^(\d+)[-_. ]/.exec(basename(path));
  return found ? [Number(found[1])] : undefined;
}

/** The labels of an IDX file of images, which have a file of their own beside it. */
async function labelsBeside(path: string, count: number): Promise<Uint8Array | undefined> {
  const name = basename(path).replace(/images([-.])idx3/, 'labels$1idx1');
  if (name === basename(path)) return undefined;
  const file = join(dirname(path), name);
  const there = await statOf(file).then(
    ({ isFolder }) => !isFolder,
    () => false,
  );
  if (!there) return undefined;
  const labels = await readIdxLabels(file, await fileSource(file));
  return labels.length === count ? labels : undefined;
}

/** The preprocessing of pixels for an input, and for flat inputs of pixels of a certain shape. */
const usedFor = (
  name: string,
  { inputShape, axes, preprocessing }: SourceOptions,
  sample?: readonly number[],
): UsedPreprocessing =>
  usedPreprocessing(preprocessing, () => {
    const { height, width } = inputLayout(name, inputShape, {
      axes,
      ...(sample ? { sample } : {}),
    });
    return [height, width];
  });

function imageFile(path: string, options: SourceOptions): OpenedSource {
  const { inputShape, axes } = options;
  const used = usedFor(path, options);
  const { read } = imageSource([{ name: path, bytes: () => readBytes(path) }], {
    ...sharpDecoder,
    inputShape,
    axes,
    preprocessing: used.values,
  });
  return {
    name: path,
    stem: stemOf(path),
    count: 1,
    holdsSeveral: false,
    read,
    labels: classInName(path),
    preprocessing: used,
  };
}

async function folder(path: string, options: SourceOptions): Promise<OpenedSource[]> {
  const { paths, leftOut } = await imagesIn(path);
  if (leftOut !== undefined) options.say?.(`${path}: ${leftOut}`);
  return paths.map((file) => imageFile(file, options));
}

/** The format of an image file by its name; undefined where that tells nothing.
 * @throws PatternLensError for a format that is not read, with the remedy. */
function imageFormat(path: string): KnownFormat | undefined {
  const format = formatByName(path);
  if (format?.remedy !== undefined) throw notRead(path, format.name, format.remedy);
  return format;
}

/** An array file; a file that is none may be an image with an odd name. */
async function arrayFile(path: string, options: SourceOptions): Promise<OpenedSource> {
  const bytes = await fileSource(path);
  try {
    const array = await samplesFirst(await openArray(path, bytes), options.batchAxis);
    const labels = array.labels ?? (await labelsBeside(path, array.count));
    return ofArray({ ...array, ...(labels ? { labels } : {}) }, path, stemOf(path), options);
  } catch (cause) {
    const format = formatByBytes(await bytes.read(0, Math.min(HEAD, bytes.size)));
    if (!format) throw cause;
    if (format.remedy !== undefined) throw notRead(path, format.name, format.remedy);
    return imageFile(path, options);
  }
}

function ofArray(
  array: OpenedArray,
  name: string,
  stem: string,
  options: SourceOptions,
): OpenedSource {
  const { inputShape, axes } = options;
  const used = array.pixels ? usedFor(name, options, array.shape) : undefined;
  const { count, read } = arraySource(array, {
    inputShape,
    axes,
    ...(used ? { preprocessing: used.values } : {}),
  });
  if (count === 0)
    throw new PatternLensError('cli', 'empty-data', `"${name}": the file holds no samples.`, {
      file: name,
    });
  return {
    name,
    stem,
    count,
    holdsSeveral: true,
    read,
    labels: array.labels,
    preprocessing: used,
  };
}

/** `generated`, `generated:seed=7`, `generated:seed=7,first=8000`. */
function parseGenerated(text: string): { seed: number; first: number } | undefined {
  if (text !== 'generated' && !text.startsWith('generated:')) return undefined;
  const settings = { seed: 7, first: 0 };
  for (const part of text.split(':').slice(1).join(':').split(',').filter(Boolean)) {
    const [key, value] = part.split('=') as [string, string | undefined];
    const number = Number(value);
    if (
      (key !== 'seed' && key !== 'first') ||
      value === undefined ||
      !Number.isSafeInteger(number) ||
      number < 0
    ) {
      throw new UsageError(
        `${text}: expected generated, generated:seed=7 or generated:seed=7,first=8000, got "${part}".`,
      );
    }
    settings[key] = number;
  }
  return settings;
}

/** Opens a source as it is typed: a folder of images, an image, an array file (.npy, IDX, CIFAR, each also .gz), or `generated[:seed=7]`.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function openSource(text: string, options: SourceOptions): Promise<OpenedSource[]> {
  const generated = parseGenerated(text);
  if (generated) {
    const { seed, first } = generated;
    const array = generatedSource({ count: options.generated, ...generated });
    return [
      {
        ...ofArray(array, text, 'generated', options),
        truth: (from, count) =>
          Promise.resolve().then(() => generateBatch(first + from, count, { seed }).mask),
      },
    ];
  }
  const { isFolder } = await statOf(text);
  if (isFolder) return folder(text, options);
  return [imageFormat(text) ? imageFile(text, options) : await arrayFile(text, options)];
}

/** The shape of one sample of a source, where it says so by itself: what binds free axes of a network. */
export async function sampleShapeOf(text: string): Promise<readonly number[] | undefined> {
  const generated = parseGenerated(text);
  if (generated) return generatedSource({ count: 1 }).shape;
  const { isFolder } = await statOf(text);
  if (isFolder || imageFormat(text)) return undefined;
  return (await openArray(text, await fileSource(text))).shape;
}

/** Sources one behind the other. */
export interface JoinedSources {
  readonly count: number;
  /** Where each sample comes from. */
  readonly places: readonly { readonly source: OpenedSource; readonly index: number }[];
  readonly read: (first: number, count: number) => Promise<Tensor>;
}

/** Samples of a source, none of which may hold what no number can be computed from. */
async function readFinite(source: OpenedSource, first: number, count: number): Promise<Tensor> {
  const values = await source.read(first, count);
  const place = firstNotFinite(values);
  if (place < 0) return values;
  const each = values.data.length / count;
  throw new PatternLensError(
    'cli',
    'invalid-file',
    `"${source.name}": expected finite numbers, got ${values.data[place]!} in sample ${first + Math.floor(place / each)}, value ${place % each}. Repair that sample, or leave it out.`,
    { file: source.name },
  );
}

/** Sources one behind the other, cut after `limit` samples, as one that can be read anywhere. */
export function joinSources(sources: readonly OpenedSource[], limit = Infinity): JoinedSources {
  const places = sources
    .flatMap((source) => Array.from({ length: source.count }, (_, index) => ({ source, index })))
    .slice(0, limit);
  return {
    places,
    count: places.length,
    read: async (first, count) => {
      const wanted = places.slice(first, first + count);
      const parts: Promise<Tensor>[] = [];
      for (let at = 0; at < wanted.length;) {
        const { source, index } = wanted[at]!;
        let length = 1;
        while (wanted[at + length]?.source === source) length++;
        parts.push(readFinite(source, index, length));
        at += length;
      }
      return joinTensors(await Promise.all(parts));
    },
  };
}
