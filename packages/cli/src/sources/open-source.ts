import {
  diskFile,
  imagesIn,
  lazyDecoder,
  openFile,
  sampleShapeOf as shapeInFile,
  statOf,
  type OpenedSource,
  type SourceOptions as FileOptions,
} from '@patternlens/explain/node';
import { sharpDecoder } from '@patternlens/explain/sharp';
import { generatedSamples, generatedShape, parseGenerated } from './generated-samples.js';

export interface SourceOptions extends Omit<FileOptions, 'decoder'> {
  /** Told what of a folder is left out. */
  readonly say?: ((line: string) => void) | undefined;
  /** Samples of a source that has no end of its own. */
  readonly generated: number;
}

/** Decodes images; the library is loaded when the first of them is. */
const decoder = lazyDecoder(async () => sharpDecoder(await import('sharp')));

/** Opens a source as it is typed: a folder of images, an image, an array file (.npy, IDX, CIFAR, each also .gz), or `generated[:seed=7]`.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function openSource(
  text: string,
  { say, generated, ...options }: SourceOptions,
): Promise<OpenedSource[]> {
  const files = { ...options, decoder };
  const chosen = parseGenerated(text);
  if (chosen) return [generatedSamples(text, generated, chosen, files)];
  const { isFolder } = await statOf(text);
  if (!isFolder) return [await openFile(diskFile(text), files)];
  const { paths, leftOut } = await imagesIn(text);
  if (leftOut !== undefined) say?.(`${text}: ${leftOut}`);
  return Promise.all(paths.map((path) => openFile(diskFile(path), files)));
}

/** The shape of one sample of a source, where it says so by itself: what binds free axes of a network. */
export async function sampleShapeOf(text: string): Promise<readonly number[] | undefined> {
  if (parseGenerated(text)) return generatedShape();
  const { isFolder } = await statOf(text);
  return isFolder ? undefined : shapeInFile(diskFile(text));
}
