import { bytesSource } from '@patternlens/core';
import { type BytesInput, isPlace, placeBeside, readBytes } from '@patternlens/core/arguments';
import { lastPart, type NamedFile } from './named-file.js';

type Place = Parameters<typeof placeBeside>[0];

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

/** A file by its path or address, read whole as `readBytes` of the core does, and what lies beside it. */
export function placedFile(place: Place): NamedFile {
  const text = typeof place === 'string' ? place : place.href;
  // An address may hold the file itself.
  const name = /^data:/i.test(text) ? `${text.slice(0, text.indexOf(','))},...` : text;
  return {
    name,
    fileName: lastPart(name),
    isLocal: false,
    open: async () => bytesSource(await readBytes('explain', `"${name}"`, place)),
    beside: (path) => Promise.resolve(placedFile(placeBeside(place, path))),
  };
}

/** What a value in memory says of its name: a `File`, or the address of a `Response`. */
function nameOf(held: unknown): string | undefined {
  const { name, url } = Object(held) as { readonly name?: unknown; readonly url?: unknown };
  const found = [name, url].find((text) => typeof text === 'string' && text !== '');
  return found as string | undefined;
}

/** A file in memory, or on its way there; a response has files beside its address.
 * @param otherwise What it is called where it says no name itself. */
export async function heldFile(given: BytesInput, otherwise: string): Promise<NamedFile> {
  const held = await given;
  if (isPlace(held)) return placedFile(held);
  const name = nameOf(held) ?? otherwise;
  const { url } = Object(held) as { readonly url?: unknown };
  const hasAddress = typeof url === 'string' && url !== '';
  return {
    name,
    fileName: lastPart(name),
    isLocal: !hasAddress,
    open: async () => bytesSource(await readBytes('explain', `"${name}"`, held)),
    beside: hasAddress ? (path) => Promise.resolve(placedFile(placeBeside(url, path))) : nothing,
  };
}

/** Files by their paths within one folder, as they were picked or dropped: each finds the others beside it. */
export function listedFiles(files: ReadonlyMap<string, BytesInput>): readonly NamedFile[] {
  const fileAt = (path: string): NamedFile => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return {
      name: path,
      fileName: lastPart(path),
      isLocal: true,
      open: async () => bytesSource(await readBytes('explain', `"${path}"`, files.get(path)!)),
      beside: (other) =>
        Promise.resolve(files.has(folder + other) ? fileAt(folder + other) : undefined),
    };
  };
  return [...files.keys()].map(fileAt);
}
