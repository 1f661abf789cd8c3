import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChromium, serveFolder } from '@patternlens/page/node';
import { ROOT } from './repository.js';
import { run } from './run-node.js';

/** What `pixelDigests` gives, by the names of files. */
export type Digests = Readonly<
  Record<
    string,
    {
      readonly size?: readonly number[];
      readonly pixels?: string;
      readonly inputs?: readonly string[];
      readonly code?: string;
      readonly message?: string;
    }
  >
>;

/** Digests of the files of a folder, as the command decodes them. */
export function pixelsInNode(folder: string, names: readonly string[]): Digests {
  const program = `
    import { readFileSync } from 'node:fs';
    import { sharpDecoder } from '@patternlens/explain/sharp';
    import sharp from 'sharp';
    import { pixelDigests } from '${join(ROOT, 'tools/scripts/pixel-digests.js')}';
    const [folder, names] = process.argv.slice(1);
    const decoder = sharpDecoder(sharp);
    const digests = {};
    for (const name of JSON.parse(names))
      digests[name] = await pixelDigests(decoder, name, new Uint8Array(readFileSync(folder + '/' + name)));
    console.log(JSON.stringify(digests));`;
  const args = ['--input-type=module', '-e', program, folder, JSON.stringify(names)];
  const { status, stdout, stderr } = run(process.execPath, args, ROOT);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Digests;
}

const WORKER = `
import { canvasDecoder } from '@patternlens/data';
import { pixelDigests } from '/tools/scripts/pixel-digests.js';
onmessage = async ({ data: [folder, names] }) => {
  const digests = {};
  for (const name of names) {
    const file = await fetch('/files/' + folder + '/' + name);
    digests[name] = await pixelDigests(canvasDecoder, name, new Uint8Array(await file.arrayBuffer()));
  }
  postMessage(digests);
};`;

/** Where the built packages are served, by the names that modules import them by. */
const MODULES: Readonly<Record<string, string>> = {
  '@patternlens/data': '/packages/data/dist/index.js',
  '@patternlens/core': '/packages/core/dist/index.js',
};
const addressOf = (name: string): string =>
  MODULES[name] ??
  (name.startsWith('@patternlens/core/')
    ? `/packages/core/dist/${name.slice('@patternlens/core/'.length)}.js`
    : `/node_modules/${name}`);

/** A module with addresses for names: workers know no import maps. */
const withAddresses = (source: string): string =>
  source.replace(
    /(from|import) '(@[^']+)'/g,
    (_, word: string, name: string) => `${word} '${addressOf(name)}'`,
  );

function served(path: string): { type: string; body: string } | undefined {
  if (path === '/') return { type: 'text/html', body: '<!doctype html><title>Pixels</title>' };
  if (path === '/worker.js') return { type: 'text/javascript', body: withAddresses(WORKER) };
  if (!path.endsWith('.js')) return undefined;
  return { type: 'text/javascript', body: withAddresses(readFileSync(join(ROOT, path), 'utf8')) };
}

/** A page in Chromium whose workers decode files. */
export interface PixelPage extends AsyncDisposable {
  /** Digests of the files of a folder, by the name that it is served under. */
  readonly digests: (folder: string, names: readonly string[]) => Promise<Digests>;
}

/** Opens a page that decodes files of some folders, by the names that they are served under. */
export async function openPixelPage(folders: Readonly<Record<string, string>>): Promise<PixelPage> {
  const mounts = Object.entries(folders).map(([name, folder]) => [`/files/${name}/`, folder]);
  const server = await serveFolder({
    folders: Object.fromEntries(mounts) as Record<string, string>,
    instead: served,
  });
  const browser = await openChromium();
  const page = await browser.newPage();
  await page.goto(server.url);
  return {
    digests: (folder, names) =>
      page.evaluate<Digests>(
        `new Promise((resolve, reject) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(${JSON.stringify([folder, names])});
        })`,
      ),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server.close();
    },
  };
}
