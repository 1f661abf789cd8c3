// Builds the page as a static folder: node scripts/build.js DIR
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { defaultPatterns } from './default-patterns.js';
import { siteConfig } from './site-config.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`));

/** Files that runtimes load by themselves, by their folder on the site. */
const RUNTIMES = {
  'runtimes/ort': [
    join(dirname(require.resolve('onnxruntime-web'))),
    ['ort-wasm-simd-threaded', 'ort-wasm-simd-threaded.asyncify'].flatMap((name) => [
      `${name}.mjs`,
      `${name}.wasm`,
    ]),
  ],
  'runtimes/tfjs-wasm': [
    join(folderOf('@tensorflow/tfjs-backend-wasm'), 'wasm-out'),
    ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'],
  ],
};

/** Builds the site into a folder, which is emptied first. */
export async function buildSite(out) {
  await rm(out, { recursive: true, force: true });
  await build(siteConfig(ROOT, out));
  for (const [folder, [from, names]] of Object.entries(RUNTIMES)) {
    await mkdir(join(out, folder), { recursive: true });
    for (const name of names) await cp(join(from, name), join(out, folder, name));
  }
  const models = join(out, 'models');
  await mkdir(models, { recursive: true });
  const from = join(folderOf('@patternlens/data'), 'models');
  for (const name of await readdir(from)) await cp(join(from, name), join(models, name));
  await writeFile(join(models, 'default.patterns.safetensors'), await defaultPatterns());
  await writeFile(join(out, '.nojekyll'), '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out] = process.argv.slice(2);
  if (out === undefined) throw new Error('Usage: node scripts/build.js DIR');
  await buildSite(resolve(out));
}
