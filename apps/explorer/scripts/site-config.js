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
  worker: { format: 'es' },
  build: {
    outDir: out,
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1e5,
    assetsInlineLimit: 0,
    rolldownOptions: { input: { index: 'index.html', open: 'open.html' } },
  },
});
