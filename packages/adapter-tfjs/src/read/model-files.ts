import { invalidFile } from './tfjs-error.js';
import { isObject, type JsonObject } from './json-object.js';

/** Reads a file beside `model.json`, by the path that its manifest has; undefined where there is none. */
export type ShardReader = (path: string) => Promise<Uint8Array | undefined>;

/** A model's files: its JSON with a reader of what lies beside it, or all files by their names. */
export type TfjsFiles =
  | { readonly json: Uint8Array | string | object; readonly shards: ShardReader }
  | Readonly<Record<string, Uint8Array>>
  | ReadonlyMap<string, Uint8Array>;

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

/** Files in the one form that the importer reads.
 * @throws PatternLensError `invalid-file` where none or several could be the model. */
export function openFiles(files: TfjsFiles): OpenedFiles {
  if ('shards' in files && typeof files.shards === 'function') {
    const { json, shards } = files as { json: unknown; shards: ShardReader };
    if (typeof json === 'string' || json instanceof Uint8Array || isObject(json))
      return { json, shards };
    return invalidFile('files: "json" must be the bytes, the text or the object of model.json.');
  }
  const named = files instanceof Map ? files : new Map(Object.entries(files));
  const found = jsonAmong([...(named as ReadonlyMap<string, Uint8Array>).keys()]);
  const folder = folderOf(found);
  return {
    json: (named as ReadonlyMap<string, Uint8Array>).get(found)!,
    shards: (path) =>
      Promise.resolve((named as ReadonlyMap<string, Uint8Array>).get(`${folder}${path}`)),
  };
}
