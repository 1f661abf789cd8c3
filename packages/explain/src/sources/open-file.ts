import { imageSource, openArray, readIdxLabels } from '@patternlens/data';
import { type NamedFile, stemOf, wholeFile } from '../files/named-file.js';
import { arraySamples } from './array-samples.js';
import { formatByBytes, formatByName, HEAD, notRead, type KnownFormat } from './image-formats.js';
import type { OpenedSource } from './opened-source.js';
import { samplesFirst } from './samples-first.js';
import { type SourceOptions, usedFor } from './source-options.js';

/** The class of an image whose name begins with its number: `007-cock.jpg`. */
function classInName(fileName: string): number[] | undefined {
  const found = /^(\d+)[-_. ]/.exec(fileName);
  return found ? [Number(found[1])] : undefined;
}

/** The labels of an IDX file of images, which have a file of their own beside it. */
async function labelsBeside(file: NamedFile, count: number): Promise<Uint8Array | undefined> {
  const name = file.fileName.replace(/images([-.])idx3/, 'labels$1idx1');
  if (name === file.fileName || !file.isLocal) return undefined;
  const beside = await file.beside(name);
  if (!beside) return undefined;
  const labels = await readIdxLabels(beside.name, await beside.open());
  return labels.length === count ? labels : undefined;
}

/** An image file as a source of one sample. */
function imageFile(file: NamedFile, options: SourceOptions): OpenedSource {
  const { inputShape, axes, decoder } = options;
  const { name, fileName } = file;
  const used = usedFor(name, options);
  const { read } = imageSource([{ name, bytes: () => wholeFile(file) }], {
    decode: decoder.decode,
    inputShape,
    axes,
    preprocessing: used.values,
  });
  return {
    name,
    stem: stemOf(fileName),
    count: 1,
    holdsSeveral: false,
    read,
    labels: classInName(fileName),
    preprocessing: used,
  };
}

/** The format of an image file by its name; undefined where that tells nothing.
 * @throws PatternLensError for a format that is not read, with the remedy. */
function imageFormat({ name, fileName }: NamedFile): KnownFormat | undefined {
  const format = formatByName(fileName);
  if (format?.remedy !== undefined) throw notRead(name, format.name, format.remedy);
  return format;
}

/** An array file; a file that is none may be an image with an odd name. */
async function arrayFile(file: NamedFile, options: SourceOptions): Promise<OpenedSource> {
  const { name, fileName } = file;
  const bytes = await file.open();
  try {
    const array = await samplesFirst(await openArray(name, bytes), options.batchAxis);
    const labels = array.labels ?? (await labelsBeside(file, array.count));
    return arraySamples(
      { ...array, ...(labels ? { labels } : {}) },
      { name, stem: stemOf(fileName) },
      options,
    );
  } catch (cause) {
    const format = formatByBytes(await bytes.read(0, Math.min(HEAD, bytes.size)));
    if (!format) throw cause;
    if (format.remedy !== undefined) throw notRead(name, format.name, format.remedy);
    return imageFile(file, options);
  }
}

/** Opens an image, or an array file (.npy, IDX, CIFAR, each also .gz), as samples of an input.
 * @throws PatternLensError naming the file and what is wrong with it. */
export const openFile = async (file: NamedFile, options: SourceOptions): Promise<OpenedSource> =>
  imageFormat(file) ? imageFile(file, options) : arrayFile(file, options);

/** The shape of one sample of a file, where it says so by itself: what binds free axes of a network. */
export async function sampleShapeOf(file: NamedFile): Promise<readonly number[] | undefined> {
  if (imageFormat(file)) return undefined;
  return (await openArray(file.name, await file.open())).shape;
}
