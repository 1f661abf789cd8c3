import { messageOf, PatternLensError } from '../errors/patternlens-error.js';
import { described } from './described.js';

/** Where bytes may come from: memory, a `Response`, a `Blob`, a promise of one of these, or the path or address of a file. */
export type BytesInput = BytesHeld | PromiseLike<BytesHeld>;

type BytesHeld = ArrayBuffer | ArrayBufferView | BytesBehind | Place;

/** A path or an address; a `URL` has its `href`. */
export type Place = string | { readonly href: string };

/** A `Response`, a `Blob` or a `File`. */
interface BytesBehind {
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
  /** Of a response. */
  readonly ok?: boolean;
  readonly status?: number;
}

/** What of the platform is used: browsers and Node have both. */
const { URL: Address, fetch: load } = globalThis as unknown as {
  readonly URL: new (address: string, base?: string) => { readonly href: string };
  readonly fetch: (place: Place) => Promise<BytesBehind>;
};

const textOf = (place: Place): string => (typeof place === 'string' ? place : place.href);

const hasBytes = (value: unknown): value is BytesBehind =>
  Object(value) === value && typeof (value as Partial<BytesBehind>).arrayBuffer === 'function';

const isBuffer = (value: unknown): value is ArrayBuffer =>
  /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));

/** A path or an address: a text, or a `URL`. */
export const isPlace = (value: unknown): value is Place =>
  typeof value === 'string' || Object.prototype.toString.call(value) === '[object URL]';

interface FileSystem {
  readonly readFile: (path: Place) => Promise<Uint8Array>;
}

/** Node's file system, where this is Node. It is asked for, not imported: bundles for browsers stay without it. */
function fileSystem(): FileSystem | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (id: string) => FileSystem | undefined };
  };
  return process?.getBuiltinModule?.('node:fs/promises');
}

const isWeb = (place: Place): boolean => /^(https?|blob|data):/i.test(textOf(place));

/** The bytes of a file by its path or address: a file in Node, else what `fetch` finds. */
async function fromPlace(place: Place, fail: (message: string) => never): Promise<Uint8Array> {
  const files = isWeb(place) ? undefined : fileSystem();
  try {
    if (files) {
      const text = textOf(place);
      return await files.readFile(/^file:/i.test(text) ? new Address(text) : text);
    }
    return await fromHeld(await load(place), fail);
  } catch (cause) {
    if (cause instanceof PatternLensError) throw cause;
    return fail(
      `"${textOf(place)}" could not be read (${messageOf(cause)}). Look at the path or address.`,
    );
  }
}

async function fromHeld(given: unknown, fail: (message: string) => never): Promise<Uint8Array> {
  if (given instanceof Uint8Array) return given;
  if (ArrayBuffer.isView(given))
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (isBuffer(given)) return new Uint8Array(given);
  if (hasBytes(given)) {
    if (given.ok === false)
      fail(`the response says ${given.status}: the file was not found. Look at its address.`);
    try {
      return new Uint8Array(await given.arrayBuffer());
    } catch (cause) {
      return fail(`its bytes could not be read (${messageOf(cause)}). Fetch it again.`);
    }
  }
  return fail(
    `expected the bytes of a file (a Uint8Array, an ArrayBuffer, a Response, a Blob), or its path or address, got ${described(given)}.`,
  );
}

/** The bytes of whatever holds a file. A promise is waited for; nothing is copied that lies in memory.
 * @param what What the file is called in errors: `readOnnx`.
 * @throws PatternLensError `invalid-argument` where it is something else, or can't be read. */
export async function readBytes(
  scope: string,
  what: string,
  given: BytesInput,
): Promise<Uint8Array> {
  const fail = (message: string): never => {
    throw new PatternLensError(scope, 'invalid-argument', `${what}: ${message}`);
  };
  const held = await given;
  return isPlace(held) ? fromPlace(held, fail) : fromHeld(held, fail);
}

/** The place of a file that lies beside another, by its relative path.
 * @param place The path or address of the other. */
export function placeBeside(place: Place, path: string): Place {
  const text = textOf(place);
  if (isWeb(place) || /^file:/i.test(text))
    return new Address(path.split('/').map(encodeURIComponent).join('/'), text);
  return `${text.slice(0, Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1)}${path}`;
}
