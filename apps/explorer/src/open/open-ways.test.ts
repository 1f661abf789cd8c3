import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_NETWORK } from '@patternlens/data';
import type { Page } from 'playwright-core';
import { given, pngFile, type Given } from '../testing/given.js';
import { NO_SITE, openSite, type OpenedSite } from '../testing/opened-site.js';
import { giveTo, settled } from '../testing/page-state.js';
import { photoModel } from '../testing/small-layers-models.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;

/** Another host: one half of it lets other pages read, the other does not. */
async function otherHost(files: readonly Given[]): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const [, policy, name] = (request.url ?? '').split('/');
    const file = files.find((each) => each.name === name);
    if (policy === 'open') response.setHeader('Access-Control-Allow-Origin', '*');
    response.statusCode = file ? 200 : 404;
    response.end(file?.buffer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** Drops or pastes files as a browser does, made in the page. */
async function transfer(
  page: Page,
  type: 'drop' | 'paste',
  files: readonly Given[],
): Promise<void> {
  const all = files.map(({ name, buffer }) => ({ name, bytes: [...buffer] }));
  await page.evaluate(
    ({ kind, list }) => {
      const data = new DataTransfer();
      for (const { name, bytes } of list)
        data.items.add(new File([Uint8Array.from(bytes)], name, { type: '' }));
      if (kind === 'paste')
        dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }));
      else
        for (const step of ['dragenter', 'dragover', 'drop'])
          dispatchEvent(new DragEvent(step, { dataTransfer: data, cancelable: true }));
    },
    { kind: type, list: all },
  );
}

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical findings of axe-core. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(
    `axe.run(document).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target).join(' ')))`,
  );
}

const MINE = given('mine.onnx', readFileSync(DEFAULT_NETWORK.url));
const RAW = given('raw.preprocess.json', '{"scale":0.01}');

maybe('ways of opening', () => {
  let site: OpenedSite;
  let host: Awaited<ReturnType<typeof otherHost>>;

  beforeAll(async () => {
    site = await openSite();
    host = await otherHost([...photoModel({ shards: 2 }), MINE]);
  }, 60_000);
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    host.server.close();
  });

  it('takes what is dropped and pasted, and outlines the page meanwhile', async () => {
    const { page, check } = await site.open({ hash: '#methods=gradient' });
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'x'));
      dispatchEvent(new DragEvent('dragenter', { dataTransfer: data, cancelable: true }));
    });
    expect(await page.locator('body.is-dropping').count()).toBe(1);
    await transfer(page, 'drop', [MINE, RAW]);
    expect((await settled(page)).model.name).toBe('mine');
    expect(await page.locator('body.is-dropping').count()).toBe(0);
    await transfer(page, 'paste', [pngFile('pasted.png', 16, 16)]);
    const { sample, error } = await settled(page);
    expect([sample?.source, error]).toEqual(['pasted.png', null]);
    await transfer(page, 'drop', [pngFile('second.png', 20, 16)]);
    expect((await settled(page)).sample?.source).toBe('second.png');
    check();
    await page.context().close();
  }, 60_000);

  it('takes a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'explorer-'));
    await mkdir(join(folder, 'pets'));
    for (const { name, buffer } of photoModel({ shards: 2 }))
      await writeFile(join(folder, 'pets', name), buffer);
    const { page, check } = await site.open({ hash: '#methods=gradient' });
    await page.getByRole('button', { name: 'Open model' }).click();
    await page.getByLabel('Choose a folder').setInputFiles(join(folder, 'pets'));
    expect((await settled(page)).model.name).toBe('pets');
    await rm(folder, { recursive: true });
    check();
    await page.context().close();
  }, 60_000);

  it('asks another host only on the page for it, and after saying so', async () => {
    const { page } = await site.open({ hash: '#methods=gradient' });
    const load = async (address: string): Promise<void> => {
      await page.getByRole('button', { name: 'Open model' }).click();
      const dialog = page.getByRole('dialog', { name: 'Open model' });
      await dialog.getByRole('textbox', { name: 'Model URL' }).fill(address);
      await dialog.getByText(`Your browser will contact ${new URL(address).host}.`).waitFor();
      await dialog.getByRole('button', { name: 'Load' }).click();
    };
    await load(`${host.url}open/model.json`);
    await page.waitForURL(/open\.html/);
    await page.waitForFunction(() => {
      const { patternlens } = globalThis as unknown as {
        patternlens?: { state: () => { model?: { name: string } | null } };
      };
      return patternlens?.state().model?.name === 'model';
    });
    expect((await settled(page)).model).toMatchObject({ name: 'model', format: 'tfjs' });

    await load(`${host.url}closed/mine.onnx`);
    const alert = page.getByRole('dialog').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toBe(
      `${new URL(host.url).host} does not let other pages read this file (no Access-Control-Allow-Origin). Download it and drop it here.`,
    );
    await page.keyboard.press('Escape');
    await load(`${host.url}open/nothing.onnx`);
    await page.getByText('answered 404 for nothing.onnx').first().waitFor();
    expect((await settled(page)).model.name).toBe('model');
    await page.context().close();
  }, 60_000);

  it('greys addresses without a network', async () => {
    const { page } = await site.open({ hash: '#methods=gradient' });
    await page.getByRole('button', { name: 'Open model' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open model' });
    await dialog.getByRole('textbox', { name: 'Model URL' }).waitFor();
    await page.context().setOffline(true);
    await dialog.getByText('needs the network').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Model URL' }).isDisabled()).toBe(true);
    await page.context().close();
  }, 60_000);

  it('says which files a link is of, and restores it once they are there', async () => {
    const hash = '#v=1&model=mine.onnx&data=cat.png&target=2&methods=gradient';
    const { page, check } = await site.open({ hash });
    const { error, model } = await settled(page);
    expect(model.name).toBe('default');
    expect(error?.sentence).toBe(
      "This link is of mine.onnx and cat.png, which a link can't hold. Drop them here.",
    );
    await giveTo(page, 'Model files', [MINE, RAW, pngFile('cat.png', 16, 16)]);
    const restored = await settled(page);
    expect(restored).toMatchObject({
      model: { name: 'mine' },
      sample: { source: 'cat.png' },
      target: { index: 2 },
      error: null,
    });
    check();
    await page.context().close();
  }, 60_000);

  it('takes seed, first sample and index from a link', async () => {
    const { page } = await site.open({ hash: '#data=generated:seed=3,first=5&i=2' });
    expect((await settled(page)).sample).toMatchObject({
      source: 'generated:seed=3,first=5',
      index: 2,
    });
    await page.context().close();
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'has dialogs without findings of axe-core, %s',
    async (colorScheme) => {
      const viewport =
        colorScheme === 'dark' ? { width: 390, height: 844 } : { width: 1440, height: 900 };
      const { page } = await site.open({ hash: '#methods=gradient', colorScheme, viewport });
      await page.getByRole('button', { name: 'Open model' }).click();
      await page.getByRole('dialog', { name: 'Open model' }).waitFor();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await giveTo(page, 'Model files', photoModel());
      await settled(page);
      await giveTo(page, 'Image files', pngFile('cat.png', 40, 30));
      await page.getByRole('list', { name: 'Top 3' }).waitFor();
      expect(await findings(page)).toEqual([]);
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wide).toBeLessThanOrEqual(0);
      await page.context().close();
    },
    60_000,
  );
});
