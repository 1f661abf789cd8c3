import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../../..');

/** Folders that are made, not written. */
const MADE = new Set([
  '.git',
  '.nx',
  '.venv',
  'coverage',
  'dist',
  'node_modules',
  'out-tsc',
  'test-results',
  'test-results.json',
]);

export const isMade = (name: string): boolean => MADE.has(name);

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Paths of all files that are written, relative to the root. */
export function writtenFiles(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (isMade(entry.name) || path === join(ROOT, 'demo') || path === join(ROOT, 'benchmark'))
      return [];
    if (entry.isDirectory()) return writtenFiles(path);
    return entry.isFile() ? [relative(ROOT, path)] : [];
  });
}

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readText(join(folder, 'package.json'))) as Manifest;

/** Folders of workspaces in a folder: `packages/core`, ... */
const workspacesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

/** The packages, and the applications that are packages too. */
export const packageFolders = [...workspacesIn('packages'), ...workspacesIn('apps')];
/** Those that are published. */
export const publishedFolders = packageFolders.filter(
  (folder) => readManifest(folder).private !== true,
);
/** Packages that only tests need. */
export const PRIVATE_FOLDERS = ['packages/core-tests', 'apps/explorer'];
/** Outside the workspace: it is installed from packed packages, as a stranger would. */
export const RULE_PLUGIN = 'examples/rule-plugin';
export const exampleFolders = workspacesIn('examples').filter((folder) => folder !== RULE_PLUGIN);
/** A page, not a program of Node. */
export const PAGE_EXAMPLE = 'examples/import-map';
