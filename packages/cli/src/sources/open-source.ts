import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { joinTensors, PatternLensError, type Shape, type Tensor } from '@patternlens/core';
import { type InputAxes } from '@patternlens/core/network';
import { firstNotFinite } from '@patternlens/core/tensor';
import {
  arraySource,
  generateBatch,
  generatedSource,
  imageSource,
  openArray,
  preprocessingHash,
  readIdxLabels,
  type OpenedArray,
  type Preprocessing,
} from '@patternlens/data';
import { UsageError } from '../arguments/usage-error.js';
import { fileSource, readBytes, statOf } from './file-bytes.js';
import type { OpenedSource } from './opened-source.js';
import { samplesFirst } from './samples-first.js';
import { sharpDecoder } from './sharp-decoder.js';

export interface SourceOptions {
  /** The network's input, the batch first. */
  readonly inputShape: Shape;
  readonly axes: InputAxes;
  /** Where arrays of the model's own layout have the batch, if not at axis 0. */
  readonly batchAxis?: number | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  /** Samples of a source that has no end of its own. */
  readonly generated: number;
}

const IMAGES = ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.tif', '.tiff', '.avif'];

const isImage = (path: string): boolean => IMAGES.includes(extname(path).toLowerCase());

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

function imageFile(path: string, { inputShape, axes, preprocessing }: SourceOptions): OpenedSource {
  const { read } = imageSource([{ name: path, bytes: () => readBytes(path) }], {
    ...sharpDecoder,
    inputShape,
    axes,
    ...(preprocessing ? { preprocessing } : {}),
  });
  return {
    name: path,
    stem: stemOf(path),
    count: 1,
    holdsSeveral: false,
    read,
    labels: classInName(path),
    preprocessing: preprocessingHash(preprocessing ?? {}),
  };
}

async function folder(path: string, options: SourceOptions): Promise<OpenedSource[]> {
  const names = (await readdir(path))
    .filter(isImage)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (names.length > 0) return names.map((name) => imageFile(join(path, name), options));
  throw new PatternLensError(
    'cli',
    'empty-data',
    `"${path}": the folder holds no images (${IMAGES.join(', ')}). Check the path, or name files of another kind themselves.`,
    { file: path },
  );
}

function ofArray(
  array: OpenedArray,
  name: string,
  stem: string,
  { inputShape, axes, preprocessing }: SourceOptions,
): OpenedSource {
  const { count, read } = arraySource(array, {
    inputShape,
    axes,
    resizePixels: sharpDecoder.resizePixels,
    ...(preprocessing ? { preprocessing } : {}),
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
    preprocessing: array.pixels ? preprocessingHash(preprocessing ?? {}) : undefined,
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
  if (isImage(text)) return [imageFile(text, options)];
  const opened = await openArray(text, await fileSource(text));
  const array = await samplesFirst(opened, options.batchAxis);
  const labels = array.labels ?? (await labelsBeside(text, array.count));
  return [ofArray({ ...array, ...(labels ? { labels } : {}) }, text, stemOf(text), options)];
}

/** The shape of one sample of a source, where it says so by itself: what binds free axes of a network. */
export async function sampleShapeOf(text: string): Promise<readonly number[] | undefined> {
  const generated = parseGenerated(text);
  if (generated) return generatedSource({ count: 1 }).shape;
  const { isFolder } = await statOf(text);
  if (isFolder || isImage(text)) return undefined;
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
