import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOnnx } from '@patternlens/adapter-onnx';
import { bytesSource } from '@patternlens/core';
import { readNpy } from '@patternlens/data';
import type { Page } from 'playwright-core';
import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';
import { runCommandLine } from '../testing/run-command.js';
import { takenDownloads } from '../testing/taken-downloads.js';

const METHODS = ['gradient', 'lrp-epsilon', 'pattern-attribution'];
const maybe = NO_SITE === undefined ? describe : describe.skip;
jest.setTimeout(120_000);

const relativeL2 = (got: ArrayLike<number>, expected: ArrayLike<number>): number => {
  let error = 0;
  let whole = 0;
  for (let at = 0; at < expected.length; at++) {
    error += (got[at]! - expected[at]!) ** 2;
    whole += expected[at]! ** 2;
  }
  return Math.sqrt(error / whole);
};

maybe('what the page saves is what the command writes', () => {
  let site: OpenedSite;
  let page: Page;
  let folder: string;
  const written = (name: string): Buffer => readFileSync(join(folder, 'explained', name));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'patternlens-'));
    site = await openSite();
    ({ page } = await site.open({
      hash: `#i=3&target=2&methods=gradient,lrp-epsilon:epsilon=0.5,pattern-attribution`,
    }));
    for (const [name, bytes] of await takenDownloads(page, 'Patterns', 1))
      writeFileSync(join(folder, name), bytes);
    await runCommandLine(await page.evaluate<string>('patternlens.command()'), folder);
  }, 120_000);
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  it('pictures, byte by byte, with the recipe that they carry', async () => {
    const pictures = await takenDownloads(page, 'PNG', 3);
    expect([...pictures.keys()]).toEqual(METHODS.map((method) => `generated.00003.${method}.png`));
    for (const method of METHODS)
      expect(
        pictures
          .get(`generated.00003.${method}.png`)!
          .equals(written(`generated.00000.${method}.png`)),
      ).toBe(true);
  });

  it('relevance as arrays, without the batch', async () => {
    for (const [name, bytes] of await takenDownloads(page, 'NPY', 3)) {
      const { data, shape } = await readNpy(name, bytesSource(bytes));
      const own = name.replace('.00003', '');
      const expected = await readNpy(own, bytesSource(written(own)));
      expect(expected.shape).toEqual([1, 3, 16, 16]);
      expect(shape).toEqual([3, 16, 16]);
      expect(relativeL2(data, expected.data)).toBeLessThan(1e-4);
    }
  });

  it('numbers, as explanations.json has them', async () => {
    const [[name, json]] = [...(await takenDownloads(page, 'JSON', 1))] as [[string, Buffer]];
    interface Entry {
      samples: { source: string; index: number; files: object }[];
    }
    const entries = JSON.parse(json.toString()) as Entry[];
    const expected = JSON.parse(written('explanations.json').toString()) as Entry[];
    expect(name).toBe('generated.00003.json');
    expect(
      entries.map(({ samples }) => samples.map(({ source, index }) => [source, index])),
    ).toEqual(METHODS.map(() => [['generated:seed=7', 3]]));
    // The command's source begins at the sample, and its files are named by place.
    for (const { samples } of [...entries, ...expected])
      for (const sample of samples) Object.assign(sample, { source: '', index: 0, files: {} });
    expect(entries).toEqual(expected);
  });

  it('an explainer that any reader of ONNX opens', async () => {
    const files = await takenDownloads(page, 'Explainer (ONNX)', 3);
    expect([...files.keys()]).toEqual(METHODS.map((method) => `default.${method}.onnx`));
    // It is no network that could be explained in turn, but it is ONNX: the reader names what it finds in it.
    const bytes = files.get('default.gradient.onnx')!;
    expect(bytes.includes('target_used')).toBe(true);
    await expect(readOnnx(bytes)).rejects.not.toMatchObject({ code: 'invalid-file' });
  });

  it('drawings, and a sheet of all maps', async () => {
    const drawings = await takenDownloads(page, 'SVG', 3);
    const svg = drawings.get('generated.00003.gradient.svg')!.toString();
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg).toContain('<title>Gradient, class 2');
    const [[name, sheet]] = [...(await takenDownloads(page, 'Sheet of all maps (PNG)', 1))] as [
      [string, Buffer],
    ];
    expect(name).toBe('generated.00003.sheet.png');
    expect(sheet.includes('patternlens-sheet')).toBe(true);
  });

  it('a picture that is dropped restores method, target and look', async () => {
    const { page: other } = await site.open({ hash: '#methods=gradient&map=PuOr&q=97' });
    await other
      .getByLabel('Image files')
      .setInputFiles(join(folder, 'explained/generated.00000.lrp-epsilon.png'));
    await untilTrue(other, 'patternlens.state().target.index === 2');
    await other.evaluate('patternlens.idle()');
    const state = await other.evaluate<{ methods: { id: string; status: string }[] }>(
      'patternlens.state()',
    );
    expect(state.methods.map(({ id, status }) => [id, status])).toEqual([
      ['gradient', 'done'],
      ['lrp-epsilon:epsilon=0.5', 'done'],
    ]);
    const address = other.url();
    expect(address).toContain('map=bwr');
    expect(address).toContain('q=99.5');
    await other.context().close();
  });
});
