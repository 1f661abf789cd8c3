import { messageOf, PatternLensError } from '@patternlens/core';

/** What laying out a page needs of a font. */
export interface FontMetrics {
  readonly family: string;
  /** The width of a character in ems; undefined where the font has no glyph for it. */
  readonly advance: (codePoint: number) => number | undefined;
}

/** Reads family and widths of a TrueType or OpenType font.
 * @throws PatternLensError `invalid-file` for anything else. */
export function readFontMetrics(bytes: Uint8Array): FontMetrics {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const tables = tablesOf(view);
    const glyphOf = glyphLookup(view, tables('cmap'));
    const widthOf = widthLookup(view, tables('hhea'), tables('hmtx'));
    const unitsPerEm = view.getUint16(tables('head') + 18);
    return {
      family: familyOf(view, tables('name')),
      advance: (codePoint) => {
        const glyph = glyphOf(codePoint);
        return glyph === 0 ? undefined : widthOf(glyph) / unitsPerEm;
      },
    };
  } catch (error) {
    throw new PatternLensError(
      'heatmap',
      'invalid-file',
      `font: expected the bytes of a .ttf or .otf file, got ${bytes.length} bytes that do not read as one (${messageOf(error)}). Give the file as it is.`,
      {},
      error,
    );
  }
}

/** Offsets of the font's tables by tag. */
function tablesOf(view: DataView): (tag: string) => number {
  const offsets = new Map<string, number>();
  for (let table = 0; table < view.getUint16(4); table++) {
    const record = 12 + table * 16;
    const tag = [0, 1, 2, 3].map((at) => String.fromCharCode(view.getUint8(record + at)));
    offsets.set(tag.join(''), view.getUint32(record + 8));
  }
  return (tag) => {
    const offset = offsets.get(tag);
    if (offset === undefined) throw new RangeError(`no table "${tag}"`);
    return offset;
  };
}

const FAMILY = 1;
const TYPOGRAPHIC_FAMILY = 16;
const WINDOWS = 3;

function familyOf(view: DataView, name: number): string {
  const found = new Map<number, string>();
  const strings = name + view.getUint16(name + 4);
  for (let at = 0; at < view.getUint16(name + 2); at++) {
    const record = name + 6 + at * 12;
    if (view.getUint16(record) !== WINDOWS) continue;
    const units = Array.from({ length: view.getUint16(record + 8) / 2 }, (_, unit) =>
      view.getUint16(strings + view.getUint16(record + 10) + unit * 2),
    );
    found.set(view.getUint16(record + 6), String.fromCharCode(...units));
  }
  const family = found.get(TYPOGRAPHIC_FAMILY) ?? found.get(FAMILY);
  if (family === undefined) throw new RangeError('no family name');
  return family;
}

/** The last widths are shared by all glyphs after them. */
function widthLookup(view: DataView, hhea: number, hmtx: number): (glyph: number) => number {
  const count = view.getUint16(hhea + 34);
  return (glyph) => view.getUint16(hmtx + Math.min(glyph, count - 1) * 4);
}

/** Glyph 0 is "missing". Of the font's character maps, the one with all of Unicode (format 12) wins over the basic plane (4). */
function glyphLookup(view: DataView, cmap: number): (codePoint: number) => number {
  const maps = new Map<number, number>();
  for (let at = 0; at < view.getUint16(cmap + 2); at++) {
    const map = cmap + view.getUint32(cmap + 4 + at * 8 + 4);
    maps.set(view.getUint16(map), map);
  }
  const full = maps.get(12);
  if (full !== undefined) return (codePoint) => inGroups(view, full, codePoint);
  const basic = maps.get(4);
  if (basic !== undefined) return (codePoint) => inSegments(view, basic, codePoint);
  throw new RangeError('no character map of format 4 or 12');
}

function inGroups(view: DataView, map: number, codePoint: number): number {
  for (let group = 0; group < view.getUint32(map + 12); group++) {
    const record = map + 16 + group * 12;
    const first = view.getUint32(record);
    if (codePoint < first) return 0;
    if (codePoint <= view.getUint32(record + 4))
      return view.getUint32(record + 8) + codePoint - first;
  }
  return 0;
}

function inSegments(view: DataView, map: number, codePoint: number): number {
  const doubled = view.getUint16(map + 6);
  for (let at = 0; at < doubled; at += 2) {
    if (codePoint > view.getUint16(map + 14 + at)) continue;
    const start = map + 16 + doubled + at;
    const first = view.getUint16(start);
    if (codePoint < first) return 0;
    const delta = view.getUint16(start + doubled);
    const rangeAt = start + doubled * 2;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + (codePoint - first) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
