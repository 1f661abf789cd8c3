// Builds the explorer and serves it to this machine: `npm run explorer`. With --build DIR it only writes the static folder.
import { spawnSync } from 'node:child_process';
import { cp, readdir, rm } from 'node:fs/promises';
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

/** Says what is wrong, and ends. */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

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

/** A folder that may be written anew: empty, missing, or a site that was written before. */
async function checkedFolder(folder) {
  const there = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    return fail(`${folder} can't be written to: ${error.message}.`);
  });
  const isOurs = ['index.html', 'sw.js', 'offline.html'].every((name) => there.includes(name));
  if (there.length > 0 && !isOurs)
    fail(`${folder} holds other files. Name an empty folder, or one that does not exist.`);
  return folder;
}

async function copyTo(folder) {
  await rm(folder, { recursive: true, force: true });
  await cp(SITE, folder, { recursive: true });
}

async function serve(port) {
  const { serveFolder } = await import('@patternlens/page/node');
  const { url } = await serveFolder({ folders: { '/': SITE }, port }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return fail(`Something else is served on port ${port}. Name another with --port.`);
  });
  console.log(url);
}

if (values.help) process.stdout.write(HELP);
else {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    fail(`--port: expected a number from 0 to 65535, got "${values.port}".`);
  const folder =
    values.build === undefined ? undefined : await checkedFolder(resolve(values.build));
  build();
  await (folder === undefined ? serve(port) : copyTo(folder));
}
