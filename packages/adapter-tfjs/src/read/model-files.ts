import { described, isPlace, placeBeside, readBytes } from '@patternlens/core/arguments';
import { fail, invalidFile } from './tfjs-error.js';
import { isObject, type JsonObject } from './json-object.js';

/** Reads a file beside `model.json`, by the path that its manifest has; undefined where there is none. */
export type ShardReader = (path: string) => Promise<Uint8Array | undefined>;

/** A model's files: its JSON with a reader of what lies beside it, all files by their names, or the path or address of its JSON. */
export type TfjsFiles =
  | { readonly json: Uint8Array | string | object; readonly shards: ShardReader }
  | Readonly<Record<string, Uint8Array>>
  | ReadonlyMap<string, Uint8Array>
  | TfjsPlace;

/** The path (in Node) or address of a `model.json`, beside which its shards lie. */
type TfjsPlace = string | { readonly href: string };

export interface OpenedFiles {
  readonly json: Uint8Array | string | JsonObject;
  readonly shards: ShardReader;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The one model among named files: `model.json`, else the only file that ends in `.json`. */
function jsonAmong(names: readonly string[]): string {
  const standard = names.filter((name) => /(^|\/)model\.json$/.test(name));
  const any = names.filter((name) => name.endsWith('.json'));
  const [found, other] = standard.length > 0 ? standard : any;
  if (found === undefined)
    return invalidFile(
      `files: none of ${names.length === 0 ? 'no files' : names.slice(0, 10).join(', ')} is a model.json. Add it to its shards.`,
    );
  return other === undefined
    ? found
    : invalidFile(
        `files: both "${found}" and "${other}" could be the model. Hand in the files of one model.`,
      );
}

const isFiles = (value: unknown): value is Exclude<TfjsFiles, TfjsPlace> =>
  Object(value) === value &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  typeof (value as { arrayBuffer?: unknown }).arrayBuffer !== 'function' &&
  !(value instanceof ArrayBuffer);

/** Files that lie beside a `model.json`, which was named by its path or address. */
async function openPlace(place: TfjsPlace): Promise<OpenedFiles> {
  if (typeof place === 'string' && place.trimStart().startsWith('{'))
    fail(
      'invalid-argument',
      'files: a text is the path or address of model.json. Write { json: text, shards } for what it holds.',
    );
  const read = (path: string): Promise<Uint8Array> =>
    readBytes('adapter-tfjs', path, placeBeside(place, path));
  return { json: await readBytes('adapter-tfjs', 'model.json', place), shards: read };
}

/** Files in the one form that the importer reads.
 * @throws PatternLensError `invalid-file` where none or several could be the model; `invalid-argument` where they are no files. */
export async function openFiles(given: TfjsFiles | PromiseLike<TfjsFiles>): Promise<OpenedFiles> {
  const files: unknown = await given;
  if (isPlace(files)) return openPlace(files);
  if (!isFiles(files))
    return fail(
      'invalid-argument',
      `files: expected all files of a model by their names, { json, shards }, or the path or address of model.json, got ${described(files)}.`,
    );
  if ('shards' in files && typeof files.shards === 'function') {
    const { json, shards } = files as { json: unknown; shards: ShardReader };
    if (typeof json === 'string' || json instanceof Uint8Array || isObject(json))
      return { json, shards };
    return invalidFile('files: "json" must be the bytes, the text or the object of model.json.');
  }
  const named: ReadonlyMap<string, Uint8Array> =
    files instanceof Map ? files : new Map(Object.entries(files));
  const found = jsonAmong([...named.keys()]);
  const folder = folderOf(found);
  const held = (path: string): Promise<Uint8Array> =>
    readBytes('adapter-tfjs', `files: "${path}"`, named.get(path)!);
  const shards: ShardReader = async (path) => {
    const whole = `${folder}${path}`;
    return named.has(whole) ? held(whole) : undefined;
  };
  const json: unknown = named.get(found);
  return { json: typeof json === 'string' ? json : await held(found), shards };
}
