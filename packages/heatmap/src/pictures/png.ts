import { messageOf, PatternLensError } from '@patternlens/core';
import { decode, encode } from 'fast-png';
import type { Picture } from './picture.js';

/** The keyword of the text chunk that holds how a picture was made. */
const KEYWORD = 'patternlens';

/** The bytes of a PNG: RGB, 8 bits; the same picture and recipe always give the same bytes.
 * The recipe, anything that JSON can hold, is kept as JSON in a `tEXt` chunk under the keyword `patternlens`. */
export function encodePng({ width, height, data }: Picture, recipe?: unknown): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    pixels[to] = data[from]!;
    pixels[to + 1] = data[from + 1]!;
    pixels[to + 2] = data[from + 2]!;
  }
  const text = recipe === undefined ? {} : { text: { [KEYWORD]: asciiJson(recipe) } };
  return encode({ width, height, data: pixels, channels: 3, ...text }, { zlib: { level: 6 } });
}

/** A `tEXt` chunk is Latin-1 only, so JSON's own escapes stand for everything beyond printable ASCII. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The recipe that a PNG of PatternLens carries; undefined where it carries none.
 * @throws PatternLensError `invalid-file` for bytes that are not a PNG, or whose recipe is not JSON. */
export function recipeOfPng(png: Uint8Array): unknown {
  try {
    const json = decode(png).text[KEYWORD];
    return json === undefined ? undefined : JSON.parse(json);
  } catch (error) {
    throw new PatternLensError(
      'heatmap',
      'invalid-file',
      `picture: expected a PNG with a readable recipe, got: ${messageOf(error)}. Use the file as PatternLens wrote it.`,
      {},
      error,
    );
  }
}
