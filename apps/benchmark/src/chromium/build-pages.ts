import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServeOptions } from '@patternlens/page/node';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const require = createRequire(import.meta.url);

/** Folders of built pages, and of the files that runtimes load by themselves: nothing comes from elsewhere. */
const foldersOf = (built: string): ServeOptions['folders'] => ({
  '/': built,
  '/runtimes/ort/': dirname(require.resolve('onnxruntime-web')),
  '/runtimes/tfjs-wasm/': join(
    dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'wasm-out',
  ),
  '/models/': join(dirname(require.resolve('@patternlens/data/package.json')), 'models'),
});

export interface BuiltPages extends AsyncDisposable {
  /** What is to be served. */
  readonly folders: ServeOptions['folders'];
}

const { version } = require('../../package.json') as { version: string };

/** Builds the pages that backends run in, in a folder of their own until they are disposed of. */
export async function buildPages(): Promise<BuiltPages> {
  const built = await mkdtemp(join(tmpdir(), 'patternlens-pages-'));
  const { build } = await import('vite');
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    base: './',
    define: { VERSION: JSON.stringify(version) },
    resolve: {
      // Sources of the workspace; files of ONNX Runtime's own are served, not packed.
      conditions: [
        '@patternlens/source',
        'onnxruntime-web-use-extern-wasm',
        'module',
        'browser',
        'production',
      ],
    },
    worker: { format: 'es', rolldownOptions: { output: { minify: false } } },
    build: {
      outDir: built,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1e5,
      rolldownOptions: {
        input: ['index', 'driven', 'conformance'].map((name) => join(ROOT, `${name}.html`)),
      },
    },
  });
  return {
    folders: foldersOf(built),
    [Symbol.asyncDispose]: () => rm(built, { recursive: true, force: true }),
  };
}
