import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createRenderer } from './renderer.js';

const { resolve } = createRequire(__filename);
const file = (name: string): Uint8Array => readFileSync(resolve(name));
const wasm = file('@resvg/resvg-wasm/index_bg.wasm');
const fonts = {
  regular: file('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: file('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};

const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" font-family="DejaVu Sans"><rect width="40" height="20" fill="#fff"/>${inside}</svg>`;

/** How many pixels are not white. */
const inked = (data: Uint8ClampedArray): number =>
  data.reduce((count, value, at) => count + (at % 4 === 0 && value < 250 ? 1 : 0), 0);

describe('createRenderer', () => {
  it('draws text, heavier when bold, the same each time', async () => {
    const renderer = await createRenderer({ wasm, fonts });
    const plain = renderer.draw(svg('<text x="2" y="15">Ab</text>'));
    expect([plain.width, plain.height]).toEqual([40, 20]);
    expect(inked(plain.data)).toBeGreaterThan(30);
    const bold = renderer.draw(svg('<text x="2" y="15" font-weight="bold">Ab</text>'));
    expect(inked(bold.data)).toBeGreaterThan(inked(plain.data));
    expect(renderer.draw(svg('<text x="2" y="15">Ab</text>'))).toEqual(plain);
  });

  it('starts the module once, however many renderers there are', async () => {
    const [a, b] = await Promise.all([
      createRenderer({ wasm, fonts }),
      createRenderer({ wasm, fonts }),
    ]);
    expect(a.draw(svg(''))).toEqual(b.draw(svg('')));
  });

  it('measures text as wide as it is drawn', async () => {
    const renderer = await createRenderer({ wasm, fonts });
    const wide = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="30" font-family="DejaVu Sans" font-size="20"><rect width="400" height="30" fill="#fff"/><text x="0" y="22">HHHH mmmm 0123 H</text></svg>`;
    const { data, width } = renderer.draw(wide);
    const last = data.findLastIndex((value, at) => at % 4 === 0 && value < 128);
    const columns = Array.from({ length: width }, (_, x) => x);
    const end = columns.findLast((x) =>
      Array.from({ length: 30 }, (_, y) => data[(y * width + x) * 4]!).some((value) => value < 128),
    );
    expect(last).toBeGreaterThan(0);
    expect(Math.abs(renderer.textWidth('HHHH mmmm 0123 H', 20) - end!)).toBeLessThan(4);
    expect(renderer.textWidth('H', 20, true)).toBeGreaterThan(renderer.textWidth('H', 20));
  });

  it('takes characters from further fonts', async () => {
    const mathematical = String.fromCodePoint(0x1d400);
    const others = [file('dejavu-fonts-ttf/ttf/DejaVuMathTeXGyre.ttf')];
    const without = await createRenderer({ wasm, fonts });
    const renderer = await createRenderer({ wasm, fonts: { ...fonts, others } });
    expect(without.textWidth(mathematical, 10)).toBe(6);
    expect(renderer.textWidth(mathematical, 10)).not.toBe(6);
    const text = svg(`<text x="2" y="15">${mathematical}</text>`);
    expect(renderer.draw(text)).not.toEqual(without.draw(text));
  });

  it('refuses SVG that is not well formed, and goes on working', async () => {
    const renderer = await createRenderer({ wasm, fonts });
    expect(() => renderer.draw('<svg')).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as Error,
    );
    expect(renderer.draw(svg('')).width).toBe(40);
  });

  it('refuses a web page in place of the module', async () => {
    const page = new TextEncoder().encode('<!DOCTYPE html>');
    await expect(createRenderer({ wasm: page, fonts })).rejects.toThrow(
      'the server sent a page in its place',
    );
  });

  it('refuses fonts that are none', async () => {
    const broken = { regular: fonts.regular, bold: new Uint8Array(10) };
    await expect(createRenderer({ wasm, fonts: broken })).rejects.toMatchObject({
      code: 'invalid-file',
    });
  });
});

describe('a module that does not start', () => {
  it('is refused, and the right one is taken afterwards', async () => {
    await jest.isolateModulesAsync(async () => {
      const { createRenderer: create } = await import('./renderer.js');
      const cut = wasm.subarray(0, 100);
      await expect(create({ wasm: cut, fonts })).rejects.toMatchObject({ code: 'invalid-file' });
      const renderer = await create({ wasm, fonts });
      expect(renderer.draw(svg('')).width).toBe(40);
    });
  });

  it('does not matter where the library is running already', async () => {
    await jest.isolateModulesAsync(async () => {
      const { initWasm } = await import('@resvg/resvg-wasm');
      await initWasm(wasm);
      const { createRenderer: create } = await import('./renderer.js');
      expect((await create({ wasm, fonts })).draw(svg('')).width).toBe(40);
    });
  });
});
