// Builds the page as a static folder: node scripts/build.js DIR
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { defaultPatterns } from './default-patterns.js';
import { firstMaps } from './first-maps.js';
import { offlinePage } from './offline-page.js';
import { siteConfig } from './site-config.js';
import { dropUnnamed, isNamed, listForOffline } from './site-files.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`));
/** What draws text is a dependency of the pictures' package. */
const pictures = createRequire(require.resolve('@patternlens/heatmap/package.json'));

/** Files that are loaded when they are needed, by their path on the site. */
const RUNTIMES = {
  ...Object.fromEntries(
    ['ort-wasm-simd-threaded', 'ort-wasm-simd-threaded.asyncify']
      .flatMap((name) => [`${name}.mjs`, `${name}.wasm`])
      .map((name) => [
        `runtimes/ort/${name}`,
        join(dirname(require.resolve('onnxruntime-web')), name),
      ]),
  ),
  ...Object.fromEntries(
    ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'].map((name) => [
      `runtimes/tfjs-wasm/${name}`,
      join(folderOf('@tensorflow/tfjs-backend-wasm'), 'wasm-out', name),
    ]),
  ),
  'runtimes/pictures/resvg.wasm': pictures.resolve('@resvg/resvg-wasm/index_bg.wasm'),
  ...Object.fromEntries(
    ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => [
      `runtimes/pictures/${name}`,
      pictures.resolve(`dejavu-fonts-ttf/ttf/${name}`),
    ]),
  ),
};

/** What the page shows until it has computed it, by the name that the page asks for. */
const FIRST_PICTURE = 'first-maps.png';

/** The methods that the page starts with, in its order. */
const FIRST_METHODS = [
  'gradient',
  'deconvnet',
  'guided-backprop',
  'pattern-net',
  'lrp-alpha1-beta0',
  'pattern-attribution',
];

/** The same page for addresses that a person asks for: it may load from any server that lets it, and from a person's own machine. */
const openPage = (page) =>
  page.replace(
    "connect-src 'self' blob: data:",
    "connect-src 'self' https: http://localhost:* http://127.0.0.1:* blob: data:",
  );

async function writeModels(out) {
  const models = join(out, 'models');
  await mkdir(models, { recursive: true });
  const from = join(folderOf('@patternlens/data'), 'models');
  for (const name of await readdir(from)) await cp(join(from, name), join(models, name));
  const patterns = await defaultPatterns();
  await writeFile(join(models, 'default.patterns.safetensors'), patterns);
  if (!(await isNamed(out, FIRST_PICTURE)))
    throw new Error(
      `No script of the page asks for ${FIRST_PICTURE}: see src/shell/stored-picture.ts.`,
    );
  await writeFile(join(out, FIRST_PICTURE), await firstMaps(FIRST_METHODS, patterns));
}

/** The service worker knows every file by the hash of what it holds: it is written last. */
async function writeServiceWorker(out) {
  const list = JSON.stringify(await listForOffline(out));
  const text = await readFile(join(ROOT, 'sw.js'), 'utf8');
  await writeFile(join(out, 'sw.js'), `const FILES = ${list};\n${text}`);
}

/** Builds the site into a folder, which is emptied first. */
export async function buildSite(out) {
  await rm(out, { recursive: true, force: true });
  await build(siteConfig(ROOT, out));
  await dropUnnamed(out);
  for (const [path, from] of Object.entries(RUNTIMES)) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await cp(from, join(out, path));
  }
  await writeModels(out);
  const page = await readFile(join(out, 'index.html'), 'utf8');
  await writeFile(join(out, 'open.html'), openPage(page));
  await writeFile(join(out, 'offline.html'), await offlinePage(ROOT, out));
  await cp(
    join(folderOf('@patternlens/benchmark'), 'dist/page/index.html'),
    join(out, 'report.html'),
  );
  await writeFile(join(out, '.nojekyll'), '');
  await writeServiceWorker(out);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out] = process.argv.slice(2);
  if (out === undefined) throw new Error('Usage: node scripts/build.js DIR');
  await buildSite(resolve(out));
}
