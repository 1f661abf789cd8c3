import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveFolder } from './serve-folder.js';

const root = mkdtempSync(join(tmpdir(), 'patternlens-'));

beforeAll(() => {
  for (const folder of ['pages', 'models']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'pages/driven.html'), '<p>driven</p>');
  writeFileSync(join(root, 'pages/kernel.wasm'), Uint8Array.of(0, 97, 115, 109));
  writeFileSync(join(root, 'models/one two.onnx'), Uint8Array.of(1, 2, 3));
  writeFileSync(join(root, 'secret.txt'), 'secret');
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

const folders = { '/': join(root, 'pages'), '/models/': join(root, 'models') };

test('files come from the folder whose path fits longest, as what they are', async () => {
  await using served = await serveFolder({ folders });
  const page = await fetch(`${served.url}driven.html`);
  expect([page.status, await page.text()]).toEqual([200, '<p>driven</p>']);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.headers.get('cache-control')).toBe('no-store');
  const kernel = await fetch(`${served.url}kernel.wasm`);
  expect(kernel.headers.get('content-type')).toBe('application/wasm');
  const model = await fetch(`${served.url}models/one%20two.onnx`);
  expect([...new Uint8Array(await model.arrayBuffer())]).toEqual([1, 2, 3]);
});

test.each(['missing.html', 'models/driven.html', '..%2fsecret.txt', 'models/..%2f..%2fsecret.txt'])(
  '%s is not found',
  async (path) => {
    await using served = await serveFolder({ folders });
    expect((await fetch(`${served.url}${path}`)).status).toBe(404);
  },
);

test.each([
  [true, 'require-corp'],
  [false, null],
])('isolated: %s', async (isolate, expected) => {
  await using served = await serveFolder({ folders, isolate });
  for (const path of ['driven.html', 'missing.html']) {
    const { headers } = await fetch(`${served.url}${path}`);
    expect(headers.get('cross-origin-embedder-policy')).toBe(expected);
  }
});

test('an answer may come before the folders do', async () => {
  const instead = (path: string) =>
    path === '/driven.html' ? { type: 'text/plain', body: 'something else' } : undefined;
  await using served = await serveFolder({ folders, instead });
  expect(await (await fetch(`${served.url}driven.html`)).text()).toBe('something else');
  expect((await fetch(`${served.url}kernel.wasm`)).status).toBe(200);
});
