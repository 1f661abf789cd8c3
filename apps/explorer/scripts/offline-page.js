import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'vite';
import { offlineConfig } from './offline-config.js';

/** Files that are packed into the page, by the address that they have on the site. */
const PACKED = [
  'models/default.onnx',
  'models/default.patterns.safetensors',
  'runtimes/tfjs-wasm/tfjs-backend-wasm-simd.wasm',
  'runtimes/pictures/resvg.wasm',
  'runtimes/pictures/DejaVuSans.ttf',
  'runtimes/pictures/DejaVuSans-Bold.ttf',
];

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A script's text, which must not end the element that it stands in. */
const inElement = (text) =>
  text.replaceAll(/<\/(script|style)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');

/** One script with all that it imports, and its styles. */
async function bundle(root, input) {
  const made = await build(offlineConfig(root, input));
  const { output } = Array.isArray(made) ? made[0] : made;
  const text = (files) => files.map(({ code, source }) => code ?? String(source)).join('\n');
  return {
    script: text(output.filter(({ type }) => type === 'chunk')),
    style: text(output.filter(({ fileName }) => fileName.endsWith('.css'))),
  };
}

async function packed(site, path) {
  const bytes = await promisify(gzip)(await readFile(join(site, path)), { level: 9 });
  return `<script type="text/plain" data-file="${path}">${bytes.toString('base64')}</script>`;
}

/** The page in one file, which works from a disk: scripts, workers, the bundled network, the runtime of WebAssembly, fonts.
 * Its policy names its scripts and styles by their hashes. */
export async function offlinePage(root, site) {
  const [page, worker, pictures] = await Promise.all(
    ['offline/main.ts', 'compute/worker.ts', 'share/picture-worker.ts'].map((input) =>
      bundle(root, input),
    ),
  );
  const script = inElement(page.script);
  const style = inElement(page.style);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    'connect-src blob: data:',
    'img-src blob: data:',
    `style-src ${hashOf(style)}`,
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const files = await Promise.all(PACKED.map((path) => packed(site, path)));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8" />',
    `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    '<title>PatternLens</title>',
    '<link rel="icon" href="data:," />',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    '<noscript>PatternLens computes in this page, so it needs JavaScript.</noscript>',
    ...files,
    `<script type="text/plain" id="worker">${inElement(worker.script)}</script>`,
    `<script type="text/plain" id="picture-worker">${inElement(pictures.script)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
