import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFontMetrics } from './font-metrics.js';

const { resolve } = createRequire(__filename);
const fontFile = (name: string): Uint8Array =>
  readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));

/** The font with its character maps of format 12 made unreadable, so that format 4 is what is left. */
function withoutFullMap(font: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(font);
  const view = new DataView(bytes.buffer);
  const records = Array.from({ length: view.getUint16(4) }, (_, at) => 12 + at * 16);
  const record = records.find((at) => view.getUint32(at) === 0x636d6170)!;
  const cmap = view.getUint32(record + 8);
  for (let at = 0; at < view.getUint16(cmap + 2); at++) {
    const map = cmap + view.getUint32(cmap + 4 + at * 8 + 4);
    if (view.getUint16(map) === 12) view.setUint16(map, 99);
  }
  return bytes;
}

describe('readFontMetrics', () => {
  const sans = readFontMetrics(fontFile('DejaVuSans'));

  it('finds the family', () => {
    expect(sans.family).toBe('DejaVu Sans');
    expect(readFontMetrics(fontFile('DejaVuSansMono')).family).toBe('DejaVu Sans Mono');
  });

  it.each([
    ['i', 569],
    ['W', 2025],
    [' ', 651],
    ['β', 1307],
    ['\u{1d54f}', 1650],
  ])('knows the width of %s', (character, units) => {
    expect(sans.advance(character.codePointAt(0)!)).toBe(units / 2048);
  });

  it('gives every character of a monospaced font the same width', () => {
    const mono = readFontMetrics(fontFile('DejaVuSansMono'));
    const widths = Array.from('il.WM@α…', (character) => mono.advance(character.codePointAt(0)!));
    expect(new Set(widths).size).toBe(1);
  });

  it('says where there is no glyph', () => {
    expect(sans.advance('猫'.codePointAt(0)!)).toBeUndefined();
  });

  it('reads both kinds of character maps alike', () => {
    const basic = readFontMetrics(withoutFullMap(fontFile('DejaVuSans')));
    for (let codePoint = 0; codePoint < 0xffff; codePoint++) {
      expect(basic.advance(codePoint)).toBe(sans.advance(codePoint));
    }
    expect(basic.advance(0x1d54f)).toBeUndefined();
  });

  it('reads from the middle of a buffer', () => {
    const file = fontFile('DejaVuSans');
    const padded = new Uint8Array(file.length + 3);
    padded.set(file, 3);
    expect(readFontMetrics(padded.subarray(3)).advance(87)).toBe(2025 / 2048);
  });

  it.each([
    ['text', new TextEncoder().encode('<!DOCTYPE html><html></html>')],
    ['nothing', new Uint8Array(0)],
    ['half a font', fontFile('DejaVuSans').subarray(0, 1000)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readFontMetrics(bytes)).toThrow(
      expect.objectContaining({ code: 'invalid-file' }) as Error,
    );
  });
});
