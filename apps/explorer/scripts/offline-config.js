import { join } from 'node:path';
import { siteConfig } from './site-config.js';

/** Modules that the one-file page has in a form of its own, since it has no files beside it. */
const REPLACED = {
  'compute/start-worker.ts': 'offline/start-worker.ts',
  'compute/open-backend.ts': 'offline/open-backend.ts',
  'shell/own-address.ts': 'offline/own-address.ts',
  'share/start-picture-worker.ts': 'offline/start-picture-worker.ts',
  'share/picture-parts.ts': 'offline/picture-parts.ts',
};

const replacing = (root) => ({
  name: 'one-file',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (importer === undefined || !source.startsWith('.')) return null;
    const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
    for (const [from, to] of Object.entries(REPLACED)) {
      // What stands in for a module may import the module itself.
      const isOwn = importer === join(root, 'src', to);
      if (!isOwn && resolved?.id === join(root, 'src', from)) return join(root, 'src', to);
    }
    return null;
  },
});

/** How one script of the one-file page is built: classic, whole, and kept in memory. */
export function offlineConfig(root, input) {
  const { build, ...config } = siteConfig(root, undefined);
  return {
    ...config,
    publicDir: false,
    plugins: [...config.plugins, replacing(root)],
    build: {
      ...build,
      write: false,
      cssCodeSplit: false,
      assetsInlineLimit: Infinity,
      rolldownOptions: {
        input: join(root, 'src', input),
        // Classic scripts have no address of their own; what asks for it is not used here.
        checks: { emptyImportMeta: false },
        output: { format: 'iife', codeSplitting: false },
      },
    },
  };
}
