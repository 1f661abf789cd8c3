import { join } from 'node:path';
import {
  exampleFolders,
  packageFolders,
  PRIVATE_FOLDERS,
  publishedFolders,
  readManifest,
  readText,
  writtenFiles,
} from './testing/repository.js';

const root = readManifest('.');
const workspaces = [...packageFolders, ...exampleFolders, 'tools'];
const packageNames = new Set(packageFolders.map((folder) => readManifest(folder).name));

describe.each(packageFolders)('%s', (folder) => {
  const manifest = readManifest(folder);

  test('its manifest says what it is', () => {
    expect(manifest.name).toBe(`@patternlens/${folder.split('/')[1]!}`);
    expect(manifest.license).toBe('MIT');
    expect(manifest.type).toBe('module');
    expect(manifest.description!.length).toBeGreaterThan(20);
    expect(manifest.engines).toEqual(root.engines);
    expect(manifest.private).toBe(PRIVATE_FOLDERS.includes(folder) ? true : undefined);
  });

  test('types come before code in every entry', () => {
    for (const target of Object.values(manifest.exports!)) {
      // Files: style sheets, and what pages without a bundler are served.
      if (typeof target !== 'object') continue;
      // Bundles for browsers may have code of their own, of the same types.
      const conditions = Object.keys(target as object).filter((name) => name !== 'browser');
      expect(conditions).toEqual(['@patternlens/source', 'types', 'default']);
      expect(Object.keys(target as object).at(-1)).toBe('default');
    }
  });

  test('it carries the licence and the notice of the repository', () => {
    for (const file of ['LICENSE', 'NOTICE'])
      expect(readText(join(folder, file))).toBe(readText(file));
  });

  test('it has a page of its own', () => {
    const page = readText(join(folder, 'README.md'));
    expect(page.startsWith(`# ${manifest.name}\n`)).toBe(true);
    expect(page.split('\n').length).toBeLessThan(120);
  });
});

describe.each(publishedFolders)('%s, which is published,', (folder) => {
  test('says what users and npm want to know', () => {
    const manifest = readManifest(folder);
    expect(Object.keys(manifest.exports!)).toEqual(expect.arrayContaining(['.', './package.json']));
    expect(manifest.files).toEqual(
      expect.arrayContaining(['NOTICE', 'dist', 'src', '!**/*.test.ts', '!src/testing']),
    );
  });

  test('depends on nothing that is not published', () => {
    const { dependencies, peerDependencies } = readManifest(folder);
    expect(Object.keys({ ...dependencies, ...peerDependencies })).not.toEqual(
      expect.arrayContaining(PRIVATE_FOLDERS.map((path) => readManifest(path).name)),
    );
  });
});

describe('workspaces', () => {
  test.each(workspaces)('%s has the version of all, and pins what it depends on', (folder) => {
    const manifest = readManifest(folder);
    expect(manifest.version).toBe(root.version);
    for (const dependencies of [
      manifest.dependencies,
      manifest.devDependencies,
      manifest.peerDependencies,
    ]) {
      for (const [name, range] of Object.entries(dependencies ?? {})) {
        if (packageNames.has(name)) expect([name, range]).toEqual([name, root.version]);
        else if (dependencies !== manifest.peerDependencies)
          expect([name, range]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
      }
    }
  });

  test.each([...exampleFolders, 'tools'])('%s is never published', (folder) => {
    expect(readManifest(folder).private).toBe(true);
  });

  test('the command tells its own version', () => {
    expect(readText('packages/cli/src/main.ts')).toContain(`VERSION = '${root.version}'`);
  });

  test('the changes of this version are written down', () => {
    expect(readText('CHANGELOG.md')).toContain(`## ${root.version}\n`);
  });
});

describe('files', () => {
  const files = writtenFiles();

  test('the lock file names no registry', () => {
    const lock = JSON.parse(readText('package-lock.json')) as {
      packages: Record<string, { resolved?: string; link?: boolean }>;
    };
    const resolved = Object.values(lock.packages).filter(
      ({ resolved: place, link }) => place !== undefined && link !== true,
    );
    expect(resolved).toEqual([]);
    expect(readText('package-lock.json')).not.toMatch(/registry\.|"resolved": "https?:/);
  });

  test('nothing that is shipped names a place of one machine', () => {
    const shipped = files.filter(
      (path) =>
        /^(packages|examples|docs)\//.test(path) &&
        /\.(ts|js|json|md|txt)$/.test(path) &&
        !path.endsWith('.test.ts') &&
        !path.includes('/testing/'),
    );
    const places = shipped.filter((path) =>
      /(^|[^\w.])\/(work|tmp|home|root|Users|mnt)\//m.test(readText(path)),
    );
    expect(places).toEqual([]);
    expect(shipped.length).toBeGreaterThan(200);
  });

  test('nothing is committed that is made', () => {
    expect(files.filter((path) => /\.(tgz|tsbuildinfo|log)$/.test(path))).toEqual([]);
  });
});
