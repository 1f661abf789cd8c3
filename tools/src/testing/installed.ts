import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedFolders, readManifest, ROOT } from './repository.js';
import { run } from './run-node.js';

export interface Packed {
  readonly name: string;
  readonly tarball: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
  /** Entries that are style sheets, which have no types. */
  readonly styles: readonly string[];
}

const stylesOf = (name: string): string[] => {
  const folder = publishedFolders.find((each) => readManifest(each).name === name)!;
  return Object.keys(readManifest(folder).exports!)
    .filter((entry) => entry.endsWith('.css'))
    .map((entry) => entry.replace('./', ''));
};

/** Packs every published package into a folder, as it would be published. */
export function packAll(folder: string): Packed[] {
  const { status, stdout, stderr } = run(
    'npm',
    [
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      folder,
      ...publishedFolders.flatMap((folder) => ['-w', folder]),
    ],
    ROOT,
  );
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  const packed = JSON.parse(stdout) as {
    name: string;
    filename: string;
    files: { path: string }[];
  }[];
  return packed.map(({ name, filename, files }) => ({
    name,
    tarball: join(folder, filename),
    files: files.map(({ path }) => path),
    styles: stylesOf(name),
  }));
}

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;

/** Installs tarballs and runtimes into an empty project, without install scripts.
 * @returns Why it could not be done, where no registry was reached; undefined where all is well. */
export function installInto(
  folder: string,
  packed: readonly Packed[],
  runtimes: readonly string[] = ['onnxruntime-node'],
): string | undefined {
  const versions = readManifest('.').devDependencies!;
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const { status, stderr } = run(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--fetch-retry-maxtimeout=2000',
      '--fetch-timeout=30000',
      ...packed.map(({ tarball }) => tarball),
      ...runtimes.map((name) => `${name}@${versions[name]!}`),
    ],
    folder,
  );
  if (status === 0) return undefined;
  // What was ended from outside, for taking too long, is a failure.
  const reason = status === null ? undefined : NO_NETWORK.exec(stderr)?.[0];
  if (reason === undefined) throw new Error(`npm install failed:\n${stderr}`);
  return `the registry was not reached (${reason})`;
}

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'patternlens-'));

export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};
