import { readFileSync } from 'node:fs';
import { readOnnx } from '@patternlens/adapter-onnx';
import { fitPatterns, writePatterns } from '@patternlens/core';
import { DEFAULT_NETWORK, encodeNpy, generateBatch } from '@patternlens/data';
import { referenceBackend } from '@patternlens/reference';
import { gzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { given, hugePng, pngFile, type Given } from '../testing/given.js';
import { NO_SITE, openSite, type OpenedSite } from '../testing/opened-site.js';
import { giveTo, settled } from '../testing/page-state.js';
import { photoModel, strangeModel, twoInputModel } from '../testing/small-layers-models.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;

const npy = (name: string, shape: readonly number[]): Given =>
  given(
    name,
    encodeNpy({
      shape,
      data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) =>
        Math.cos(at),
      ),
    }),
  );

const sees = (page: Page): Promise<string | null> => page.getByRole('alert').first().textContent();

maybe('opening files of one’s own', () => {
  let site: OpenedSite;
  let page: Page;
  let check: () => void;

  // One page for all: each test goes on from what the one before left open.
  beforeAll(async () => {
    site = await openSite();
    ({ page, check } = await site.open({ hash: '#methods=gradient' }));
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());
  afterEach(() => {
    check();
  });

  it('opens a model with its shards, asks how photos become inputs, and explains one', async () => {
    await giveTo(page, 'Model files', photoModel({ shards: 3 }));
    const opened = await settled(page);
    expect(opened.model).toMatchObject({ name: 'model', format: 'tfjs' });
    expect(opened.sample).toBe(null);
    await page.getByText('This model reads [N, 16, 16, 3]. Drop photos').first().waitFor();

    await giveTo(page, 'Image files', pngFile('cat <b>.png', 40, 30));
    const dialog = page.getByRole('dialog', { name: 'Preprocessing' });
    await dialog.getByRole('spinbutton', { name: 'Resize' }).fill('20');
    await dialog.getByRole('spinbutton', { name: 'Crop' }).fill('16');
    await dialog.getByRole('textbox', { name: 'Scale' }).fill('1/255');
    await dialog.getByRole('textbox', { name: 'Mean' }).fill('1/2');
    await dialog.getByRole('img', { name: 'What the model sees' }).waitFor();
    await dialog.getByText('Values from -0.').waitFor();
    expect(await dialog.getByRole('list', { name: 'Top 3' }).getByRole('listitem').count()).toBe(3);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    const shown = await settled(page);
    expect(shown.sample).toEqual({
      source: 'cat <b>.png',
      index: 0,
      count: 1,
      name: 'cat <b>.png',
    });
    expect(shown.methods.find(({ id }) => id === 'gradient')?.status).toBe('done');
    expect(shown.output).toHaveLength(3);
  }, 60_000);

  it('waits for shards that are missing, names them, and goes on once they are there', async () => {
    const [json, first, second, third] = photoModel({ shards: 3 }) as [Given, Given, Given, Given];
    await giveTo(page, 'Model files', given('mine.onnx', readFileSync(DEFAULT_NETWORK.url)));
    await settled(page);
    await giveTo(page, 'Model files', [json, first, third]);
    const waiting = await settled(page);
    expect(waiting.error?.sentence).toBe(
      'group1-shard2of3.bin is missing. Drop it together with model.json.',
    );
    expect(waiting.model.name).toBe('mine');
    await giveTo(page, 'Image files', second);
    expect((await settled(page)).model).toMatchObject({ name: 'model', format: 'tfjs' });
  }, 60_000);

  it('takes a zip with a folder, labels and a preprocessing, by any field', async () => {
    const files = [
      ...photoModel({ folder: 'pets/' }),
      given('pets/labels.txt', 'cat\ndog\n<img src=x onerror=alert(1)>\n'),
      given('pets/pets.preprocess.json', '{"resize":16,"crop":16,"scale":0.01}'),
      pngFile('pets/a.png', 16, 16),
      pngFile('pets/b.png', 20, 16),
    ];
    const packed = zipSync(Object.fromEntries(files.map(({ name, buffer }) => [name, buffer])));
    await giveTo(page, 'Image files', given('pets.zip', packed));
    const state = await settled(page);
    expect(state.error).toBe(null);
    expect(state.model.name).toBe('pets');
    expect(state.sample?.source).toBe('pets/a.png');
    expect(['cat', 'dog', '<img src=x onerror=alert(1)>']).toContain(state.target.name);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('#app img').count()).toBe(0);
  }, 60_000);

  it('refuses a model with all layers at fault, as text, and keeps the one before', async () => {
    await giveTo(page, 'Model files', strangeModel());
    const state = await settled(page);
    expect(state.report.refused).toEqual([
      {
        layer: '<b>odd</b>',
        kind: '<img src=x onerror=alert(1)>',
        reason: '<img src=x onerror=alert(1)> is not supported',
      },
      { layer: 'second', kind: 'Strange', reason: 'Strange is not supported' },
    ]);
    expect(state.model.name).toBe('pets');
    const report = page.getByRole('region', { name: 'Support report' });
    await report.getByRole('heading', { name: "model.json can't be opened" }).waitFor();
    expect(await report.getByText('<b>odd</b>').count()).toBe(1);
    expect(await report.locator('img, b:has-text("odd")').count()).toBe(0);
    await report.getByRole('button', { name: 'Close' }).click();
    expect(await report.count()).toBe(0);
  }, 60_000);

  it('asks for free axes, and opens the model with them', async () => {
    await giveTo(page, 'Model files', photoModel({}, null));
    const dialog = page.getByRole('dialog', { name: 'Sizes of the input' });
    await dialog.getByRole('spinbutton', { name: 'Axis 1' }).fill('12');
    await dialog.getByRole('spinbutton', { name: 'Axis 2' }).fill('10');
    await dialog.getByRole('button', { name: 'Open' }).click();
    expect((await settled(page)).model.format).toBe('tfjs');
    await page.getByText('This model reads [N, 12, 10, 3].').first().waitFor();
  }, 60_000);

  it('puts arrays side by side for a model of two inputs', async () => {
    await giveTo(page, 'Model files', twoInputModel());
    await giveTo(page, 'Image files', [npy('image.npy', [2, 6]), npy('x.npy', [2, 4])]);
    const dialog = page.getByRole('dialog', { name: 'Files of the inputs' });
    await dialog.getByRole('combobox', { name: 'state' }).selectOption('x.npy');
    await dialog.getByRole('button', { name: 'Use' }).click();
    const state = await settled(page);
    expect(state.sample).toMatchObject({ source: 'image=image.npy,state=x.npy', count: 2 });
    expect(state.output).toHaveLength(3);
    await giveTo(page, 'Image files', pngFile('cat.png', 16, 16));
    expect((await settled(page)).error?.sentence).toBe(
      'This model takes no images. This model reads image [N, 6] and state [N, 4]. Drop an array of the shape of each.',
    );
  }, 60_000);

  it('says what is wrong, and keeps what was there', async () => {
    const told = async (...files: readonly Given[]): Promise<string | undefined> => {
      await giveTo(page, 'Model files', files);
      return (await settled(page)).error?.sentence;
    };
    const model = given('mine.onnx', readFileSync(DEFAULT_NETWORK.url));
    expect(await told(model)).toBe(undefined);
    expect(await told(given('model.onnx', 'version https://git-lfs.github.com/spec/v1\n'))).toMatch(
      /^model\.onnx is a Git LFS pointer/,
    );
    expect(await told(given('labels.txt', 'a\nb'))).toBe(
      'labels.txt names 2 classes, and the model has 4. Drop a file with one name for each.',
    );
    expect(await told(given('broken.onnx', Uint8Array.of(8, 7, 0x12, 200, 1, 1)))).toMatch(
      /^broken\.onnx: /,
    );
    // It is told at once: nobody is asked for the preprocessing of what can't be read.
    expect(await told(given('first.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toBe(
      'first.heic is not an image that this browser reads. Save it as PNG or JPEG.',
    );
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await told(npy('wrong.npy', [2, 5]))).toMatch(/wrong\.npy.*\[N, 3, 16, 16\]/);
    expect((await settled(page)).model.name).toBe('mine');
    expect(await told(model, given('raw.preprocess.json', '{"scale":0.01}'))).toBe(undefined);
    expect(await told(given('photo.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toBe(
      'photo.heic is not an image that this browser reads. Save it as PNG or JPEG.',
    );
    const before = (await settled(page)).sample?.source;
    expect(await told(hugePng('huge.png'))).toMatch(/huge\.png.*30000 x 30000/);
    expect((await settled(page)).sample?.source).toBe(before);
    expect(await sees(page)).toContain('huge.png');
  }, 60_000);

  it('refuses patterns of another network, and of another preprocessing', async () => {
    const patterns = readFileSync(
      new URL('../../dist/site/models/default.patterns.safetensors', `file://${__dirname}/`),
    );
    await giveTo(page, 'Model files', given('p.safetensors', patterns));
    expect((await settled(page)).model.patterns).toEqual({
      samples: 2000,
      source: 'p.safetensors',
    });
    await giveTo(page, 'Model files', photoModel());
    expect((await settled(page)).model.patterns).toBe(null);
    await giveTo(page, 'Model files', given('p.safetensors', patterns));
    expect((await settled(page)).error).toEqual({
      code: 'pattern-mismatch',
      sentence: expect.stringMatching(
        /^These patterns were made for another network: layer \S+ differs\.$/,
      ) as string,
    });
  }, 60_000);

  it('refuses patterns of another preprocessing, with both named', async () => {
    const network = await readOnnx(readFileSync(DEFAULT_NETWORK.url));
    const patterns = await fitPatterns(network, [generateBatch(0, 8, { seed: 1 }).input], {
      backend: referenceBackend(),
      preprocessing: 'f'.repeat(64),
      withoutMoments: true,
    });
    const parts: Uint8Array[] = [];
    for await (const part of writePatterns(patterns)) parts.push(part);
    const file = given('other.safetensors', Buffer.concat(parts));
    await giveTo(page, 'Model files', [
      given('mine.onnx', readFileSync(DEFAULT_NETWORK.url)),
      given('mine.preprocess.json', '{"scale":0.01}'),
    ]);
    await settled(page);
    await giveTo(page, 'Model files', file);
    const { error, model } = await settled(page);
    expect(error?.sentence).toMatch(
      /^other\.safetensors was fitted on inputs of another preprocessing \(f{12}\) than these, which have [0-9a-f]{12} \(mine\.preprocess\.json\)\./,
    );
    expect(model.patterns).toBe(null);
  }, 60_000);

  it('reads IDX with its labels, packed or not', async () => {
    const images = Uint8Array.of(
      ...[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 16, 0, 0, 0, 16],
      ...Array.from({ length: 512 }, (_, at) => at % 256),
    );
    const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 0);
    await giveTo(page, 'Model files', [
      ...photoModel(),
      given('labels.txt', 'cat\ndog\nfish'),
      given('own.preprocess.json', '{"scale":0.01,"channels":"gray"}'),
      given('t-images-idx3-ubyte.gz', gzipSync(images)),
      given('t-labels-idx1-ubyte', labels),
    ]);
    const { sample, error } = await settled(page);
    expect(error).toBe(null);
    expect(sample).toMatchObject({ count: 2, name: 't-images-idx3-ubyte 0: dog' });
  }, 60_000);
});
