import { type Network, PatternLensError } from '@patternlens/core';
import type { NamedFile } from '../files/named-file.js';
import { imagesOf, isBytes, isRecord } from './given-files.js';
import type { FoundFiles, Platform } from './platform.js';

function invalid(sentence: string): never {
  throw new PatternLensError('explain', 'invalid-argument', sentence);
}

/** Images by input name where they were handed in so, else under the empty name. */
export async function imagesByName(
  given: unknown,
  platform: Platform,
): Promise<ReadonlyMap<string, FoundFiles>> {
  const held: unknown = await given;
  if (isBytes(held) || !isRecord(held) || Symbol.iterator in held)
    return new Map([['', await imagesOf(held, platform, 'images')]]);
  const byName = Object.entries(held).map(
    async ([name, images]) =>
      [name, await imagesOf(images, platform, `images of input "${name}"`)] as const,
  );
  return new Map(await Promise.all(byName));
}

/** The images of one input.
 * @throws PatternLensError `invalid-argument` where it has none, or images are for no input. */
export function imagesFor(
  { inputs, unusedInputs = [] }: Network,
  images: ReadonlyMap<string, FoundFiles>,
): (input: string) => readonly NamedFile[] {
  const names = inputs.map(({ name }) => name);
  const plain = images.get('');
  const written = `{ ${names.map((name) => `"${name}": ...`).join(', ')} }`;
  if (plain && names.length > 1)
    invalid(`images: the network has ${names.length} inputs. Write ${written}.`);
  const unknown = [...images.keys()].find(
    (name) => name !== '' && !names.includes(name) && !unusedInputs.includes(name),
  );
  if (unknown !== undefined)
    invalid(`images: the network has no input "${unknown}". Write ${written}.`);
  return (input) =>
    (plain ?? images.get(input))?.files ??
    invalid(`images: the network's input "${input}" has none. Write ${written}.`);
}
