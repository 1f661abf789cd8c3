import { PatternLensError } from '@patternlens/core';
import { type BytesInput, described, isPlace } from '@patternlens/core/arguments';
import { heldFile, listedFiles } from '../files/held-files.js';
import type { NamedFile } from '../files/named-file.js';
import type { FoundFiles, Platform } from './platform.js';

/** A file as a person picked or dropped it: a `File`. */
export interface PickedFile {
  readonly name: string;
  /** Where it lies in the folder that was picked. */
  readonly webkitRelativePath?: string;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

/** All files of a model: by their paths within its folder, or as they were picked or dropped. */
export type ModelFiles =
  Readonly<Record<string, BytesInput>> | ReadonlyMap<string, BytesInput> | Iterable<PickedFile>;

/** Images, and arrays as the command reads them: one or several, each a path or an address (in Node a folder's too), its bytes, a `Response`, a `Blob` or a `File`. */
export type ImageFiles = BytesInput | Iterable<BytesInput>;

/** Whether a value holds the bytes of one file. */
export const isBytes = (value: unknown): value is Exclude<BytesInput, PromiseLike<unknown>> =>
  isPlace(value) ||
  ArrayBuffer.isView(value) ||
  /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value)) ||
  typeof (Object(value) as { arrayBuffer?: unknown }).arrayBuffer === 'function';

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** Whether something is an object that was written down: with names of its own, and of no class. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm have another prototype, which has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function invalid(sentence: string): never {
  throw new PatternLensError('explain', 'invalid-argument', sentence);
}

const pathOf = (file: PickedFile): string => {
  const { webkitRelativePath = '', name } = file;
  return webkitRelativePath === '' ? name : webkitRelativePath;
};

const isPicked = (value: unknown): value is PickedFile =>
  isBytes(value) && typeof (value as Partial<PickedFile>).name === 'string';

/** Files of a model by their paths; undefined for what is none. */
export function filesByPath(given: unknown): ReadonlyMap<string, BytesInput> | undefined {
  if (given instanceof Map) return given as ReadonlyMap<string, BytesInput>;
  if (isRecord(given) && Object.values(given).every(isBytes))
    return new Map(Object.entries(given as Readonly<Record<string, BytesInput>>));
  if (!isIterable(given)) return undefined;
  const files = [...given];
  return files.length > 0 && files.every(isPicked)
    ? new Map(files.map((file) => [pathOf(file), file]))
    : undefined;
}

/** The one model among files: an ONNX file, `model.json`, or the only other JSON file.
 * @throws PatternLensError `invalid-file` where none or several could be it. */
export function modelAmong(files: ReadonlyMap<string, BytesInput>): NamedFile {
  const names = [...files.keys()];
  const ways = [/\.onnx$/i, /(^|\/)model\.json$/i, /(?<!\.preprocess)\.json$/i];
  const found = ways
    .map((way) => names.filter((name) => way.test(name)))
    .find((some) => some.length > 0);
  const [model, another] = found ?? [];
  if (model !== undefined && another === undefined)
    return listedFiles(files).find(({ name }) => name === model)!;
  throw new PatternLensError(
    'explain',
    'invalid-file',
    model === undefined
      ? `model: none of ${names.slice(0, 10).join(', ') || 'no files'} is a model. Add its .onnx file, or its model.json.`
      : `model: both "${model}" and "${another!}" could be the model. Hand in the files of one model.`,
  );
}

/** Images as they were handed in, opened by name.
 * @param what What errors call them.
 * @throws PatternLensError `invalid-argument` for what is neither a file nor a list of them; `empty-data` for none. */
export async function imagesOf(
  given: unknown,
  { places }: Pick<Platform, 'places'>,
  what: string,
): Promise<FoundFiles> {
  const held: unknown = await given;
  if (!isBytes(held) && !isIterable(held))
    invalid(
      `${what}: expected image files (paths, addresses, bytes, a Response, a Blob or a File; one or a list), got ${described(held)}.`,
    );
  const list: readonly unknown[] = isBytes(held) ? [held] : [...held];
  if (list.length === 0)
    throw new PatternLensError(
      'explain',
      'empty-data',
      `${what}: there are none. Hand in at least one.`,
    );
  const found = await Promise.all(
    list.map(async (one, at): Promise<FoundFiles> => {
      const image: unknown = await one;
      if (isPlace(image)) return places.imagesAt(image);
      if (isBytes(image)) return { files: [await heldFile(image, `image ${at + 1}`)] };
      return invalid(
        `${what}: expected an image file, got ${described(image)} as number ${at + 1}.`,
      );
    }),
  );
  const leftOut = found.flatMap(({ leftOut: words = [] }) => words);
  return {
    files: found.flatMap(({ files }) => files),
    leftOut: leftOut.length === 0 ? undefined : leftOut.join('; '),
  };
}
