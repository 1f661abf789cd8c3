import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ServeOptions } from '@patternlens/page/node';

/** Builds the pages in a process of its own: Vite is an ES module, Jest runs CommonJS. */
export function builtFolders(): ServeOptions['folders'] {
  const code = `const { buildPages } = await import('./dist/chromium/build-pages.js');
    console.log(JSON.stringify((await buildPages()).folders));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', code],
    { cwd: join(__dirname, '../..'), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`run npm run build first: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as ServeOptions['folders'];
}
