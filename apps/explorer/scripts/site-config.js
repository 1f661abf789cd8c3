/** TensorFlow.js runs on one thread here, so that its glue for threads is left out of what is loaded before the first map. */
const oneThread = {
  name: 'one-thread',
  enforce: 'pre',
  resolveId: (source) =>
    /tfjs-backend-wasm-threaded-simd(\.worker)?(\.js)?$/.test(source) ? '\0one-thread' : null,
  load: (id) =>
    id === '\0one-thread'
      ? `export const wasmWorkerContents = '';
         export default () => { throw new Error('TensorFlow.js runs on one thread here.'); };`
      : null,
};

/** How the page is built: addresses are relative, so that it works in any folder of any server. */
export const siteConfig = (root, out) => ({
  root,
  configFile: false,
  logLevel: 'warn',
  base: './',
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
  plugins: [oneThread],
  worker: { format: 'es', plugins: () => [oneThread] },
  build: {
    outDir: out,
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1e5,
    assetsInlineLimit: 0,
    rolldownOptions: { input: { index: 'index.html' } },
  },
});
