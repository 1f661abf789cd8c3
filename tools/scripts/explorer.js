// Builds the explorer and serves it to this machine: `npm run explorer`. With --build DIR it only writes the static folder.
import { spawnSync } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SITE = join(ROOT, 'apps/explorer/dist/site');
const HELP = `npm run explorer -- [options]

  --port N     where it is served (default 8643)
  --build DIR  write the static folder, and end
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8643' },
    build: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** Builds the site with all that it needs. What is printed meanwhile goes to stderr: stdout is for the address. */
function build() {
  const { status } = spawnSync(
    join(ROOT, 'node_modules/.bin/nx'),
    ['run', '@patternlens/explorer:build-site', '--outputStyle=static'],
    {
      cwd: ROOT,
      env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}

if (values.help) process.stdout.write(HELP);
else {
  build();
  if (values.build === undefined) {
    const { serveFolder } = await import('@patternlens/page/node');
    const { url } = await serveFolder({ folders: { '/': SITE }, port: Number(values.port) });
    console.log(url);
  } else {
    const out = resolve(values.build);
    await rm(out, { recursive: true, force: true });
    await cp(SITE, out, { recursive: true });
  }
}
