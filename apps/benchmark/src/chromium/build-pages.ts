import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { ServeOptions } from './serve-folder.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = join(ROOT, 'dist', 'pages');

const require = createRequire(import.meta.url);

/** Folders of the built pages, and of the files that runtimes load by themselves: nothing comes from elsewhere. */
export const pageFolders = (): ServeOptions['folders'] => ({
  '/': BUILT,
  '/runtimes/ort/': dirname(require.resolve('onnxruntime-web')),
  '/runtimes/tfjs-wasm/': join(
    dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'wasm-out',
  ),
  '/models/': join(dirname(require.resolve('@patternlens/data/package.json')), 'models'),
});

const { version } = require('../../package.json') as { version: string };

/** Builds the pages that backends run in. */
export async function buildPages(): Promise<void> {
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
    build: {
      outDir: BUILT,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1e5,
      rolldownOptions: {
        input: ['browser', 'driven', 'conformance'].map((name) => join(ROOT, `${name}.html`)),
      },
    },
  });
}
