import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { openChromium, serveFolder } from '@patternlens/page/node';
import type { Browser, Page } from 'playwright-core';
import { NO_SITE, SITE, untilTrue } from '../testing/opened-site.js';
import { takenDownloads } from '../testing/taken-downloads.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;
jest.setTimeout(120_000);

interface Told {
  readonly status: string;
  readonly backend: { readonly id: string };
  readonly methods: readonly { readonly id: string; readonly status: string }[];
}

/** Waits until the page has explained its first sample, and gives its state. */
async function explained(page: Page): Promise<Told> {
  await page.waitForFunction(() => 'patternlens' in globalThis);
  await page.evaluate('patternlens.ready');
  await page.evaluate('patternlens.idle()');
  const state = await page.evaluate<Told>('patternlens.state()');
  expect(state.status).toBe('ready');
  expect(state.methods.map(({ status }) => status)).toEqual(Array(6).fill('done'));
  return state;
}

const KIB = 1024;
const gzipped = (path: string): number =>
  gzipSync(readFileSync(join(SITE, path)), { level: 9 }).length;

maybe('the page without a network', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openChromium();
  }, 60_000);
  afterAll(() => browser.close());

  it('is one file that works from a disk, pictures and all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'patternlens-'));
    cpSync(join(SITE, 'offline.html'), join(folder, 'offline.html'));
    const context = await browser.newContext();
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(file|blob|data):/.test(request.url())) wrong.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, 'offline.html')).href);
    expect((await explained(page)).backend.id).toBe('tfjs:wasm');
    const pictures = await takenDownloads(page, 'Sheet of all maps (PNG)', 1);
    expect(pictures.get('generated.00000.sheet.png')!.includes('patternlens-sheet')).toBe(true);
    expect(wrong).toEqual([]);
    await context.close();
    rmSync(folder, { recursive: true });
  });

  it('has policies without unsafe words for scripts', () => {
    for (const name of ['index.html', 'offline.html']) {
      const html = readFileSync(join(SITE, name), 'utf8');
      const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(html)![1]!;
      expect(policy).toMatch(/^default-src 'none'/);
      const scripts = /script-src ([^;]+)/.exec(policy)![1]!;
      expect(scripts).not.toMatch(/'unsafe-(inline|eval)'/);
      expect(/connect-src ([^;]+)/.exec(policy)![1]).toMatch(/^('self' )?blob: data:$/);
    }
  });

  it('works under any path of a plain server, is kept, and replaced by the next version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'patternlens-'));
    // The runtime of 40 MB is no part of this.
    const small = (path: string): boolean => !path.includes(join('runtimes', 'ort'));
    cpSync(SITE, folder, { recursive: true, filter: small });
    const served = await serveFolder({ folders: { '/some/where/': folder }, isolate: false });
    const address = `${served.url}some/where/`;
    const context = await browser.newContext();
    const page = await context.newPage();
    const elsewhere: string[] = [];
    context.on('request', (request) => {
      const url = request.url();
      if (url.startsWith('http') && !url.startsWith(address)) elsewhere.push(url);
    });
    await page.goto(address);
    await explained(page);
    const kept = `navigator.serviceWorker.ready.then(({ active }) => new Promise((done) => {
      if (active.state === 'activated') done(true);
      active.addEventListener('statechange', () => done(true));
    }))`;
    await page.evaluate(kept);
    await served.close();
    await context.setOffline(true);
    await page.reload();
    await explained(page);
    expect(elsewhere).toEqual([]);

    await context.setOffline(false);
    const port = Number(new URL(served.url).port);
    const again = await serveFolder({ folders: { '/some/where/': folder }, isolate: false, port });
    // The next version: its page has another title, and its worker another hash for it.
    const next = readFileSync(join(folder, 'index.html'), 'utf8').replace(
      '<title>',
      '<title>Next ',
    );
    writeFileSync(join(folder, 'index.html'), next);
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(next).digest('hex').slice(0, 16);
    const worker = readFileSync(join(folder, 'sw.js'), 'utf8');
    writeFileSync(
      join(folder, 'sw.js'),
      worker.replace(/("index\.html":\{"hash":")[0-9a-f]+/, `$1${hash}`),
    );
    await page.reload();
    expect(await page.title()).toBe('PatternLens');
    await page.evaluate(
      'navigator.serviceWorker.getRegistration().then((found) => found.update())',
    );
    await untilTrue(
      page,
      'navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting !== null)',
    );
    // It takes over once no page of the version before is open.
    await page.close();
    const later = await context.newPage();
    await later.goto(address);
    expect(await later.title()).toBe('Next PatternLens');
    const pages = await later.evaluate<string[]>(
      `caches.keys().then(async ([name]) => (await (await caches.open(name)).keys()).map(({ url }) => url).filter((url) => url.includes('index.html')))`,
    );
    expect(pages).toEqual([`${address}index.html?${hash}`]);
    await context.close();
    await again.close();
    rmSync(folder, { recursive: true });
  });

  it('loads little before its first map', async () => {
    const served = await serveFolder({ folders: { '/': SITE }, isolate: false });
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const asked = new Set<string>();
    context.on('request', (request) => {
      if (request.url().startsWith(served.url))
        asked.add(request.url().slice(served.url.length) || 'index.html');
    });
    await page.goto(served.url);
    await page.evaluate('patternlens.ready');
    const before = [...asked].filter((path) => statSync(join(SITE, path)).isFile());
    await context.close();
    await served.close();
    expect(before).toContain('runtimes/tfjs-wasm/tfjs-backend-wasm-simd.wasm');
    const bytes = before.reduce((sum, path) => sum + gzipped(path), 0);
    expect(bytes).toBeLessThan(700 * KIB);
    const script = /src="\.\/(assets\/index-[^"]+)"/.exec(
      readFileSync(join(SITE, 'index.html'), 'utf8'),
    )![1]!;
    expect(gzipped(script)).toBeLessThan(60 * KIB);
    const all = readdirSync(SITE, { recursive: true, encoding: 'utf8' })
      .map((path) => statSync(join(SITE, path)))
      .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
    expect(all).toBeLessThan(64 * KIB * KIB);
  });

  it('binds its workers by its policy', async () => {
    const served = await serveFolder({ folders: { '/': SITE }, isolate: false });
    const other = await serveFolder({ folders: { '/': SITE }, isolate: false });
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(served.url);
    await page.evaluate('patternlens.ready');
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    // The worker that computes is one of a blob, as this one is.
    const answer = await page.evaluate<string>(`new Promise((done) => {
      const source = "fetch('${other.url}index.html', { mode: 'no-cors' }).then(() => postMessage('loaded'), () => postMessage('refused'))";
      const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' });
      worker.onmessage = ({ data }) => done(data);
    })`);
    expect(answer).toBe('refused');
    const [compute] = page.workers();
    expect(compute!.url()).toMatch(/^blob:/);
    expect(
      await compute!.evaluate(
        (url) =>
          fetch(url, { mode: 'no-cors' }).then(
            () => 'loaded',
            () => 'refused',
          ),
        `${other.url}index.html`,
      ),
    ).toBe('refused');
    await context.close();
    await served.close();
    await other.close();
  });
});
