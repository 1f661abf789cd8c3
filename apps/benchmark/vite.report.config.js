import { createHash } from 'node:crypto';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

/** The report page: one file that needs no other. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ['@patternlens/source', 'module', 'browser', 'production'] },
  plugins: [viteSingleFile(), indexWithPolicy()],
  build: {
    outDir: 'dist/page',
    // The compiler writes the modules of `src/page` to the same folder.
    emptyOutDir: false,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: { input: 'report.html' },
  },
});

/** Names the page `index.html`, and lets it run its own script only, and reach nothing. */
function indexWithPolicy() {
  return {
    name: 'index-with-policy',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['report.html'];
        if (page?.type !== 'asset') throw new Error('report.html: expected a page, got none');
        const html = String(page.source);
        const hashes = [...html.matchAll(/<script type="module"[^>]*>([\s\S]*?)<\/script>/g)].map(
          ([, script]) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
        );
        const policy = `default-src 'none'; script-src ${hashes.join(' ')}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
        page.source = html.replace(
          '<meta charset="utf-8" />',
          () =>
            `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
        );
        page.fileName = 'index.html';
      },
    },
  };
}
