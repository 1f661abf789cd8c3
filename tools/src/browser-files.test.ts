import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { emptyFolder, removeFolder } from './testing/installed.js';
import { publishedFolders, readManifest, readText, ROOT } from './testing/repository.js';
import { runNode } from './testing/run-node.js';

/** Packages that pages take as one file, by their names without the scope. */
const packages = publishedFolders
  .filter((folder) => readManifest(folder).exports!['./dist/browser/*'] !== undefined)
  .map((folder) => basename(folder));

const folderOf = (name: string): string => join(ROOT, 'packages', name, 'dist/browser');
const fileOf = (name: string): string => join(folderOf(name), `${name}.js`);
const codeOf = (name: string): string => readFileSync(fileOf(name), 'utf8');

const CORE_AND_ADAPTERS = ['core', 'adapter-onnx', 'adapter-tfjs', 'adapter-gpujs'];

test('core, the adapters, and what a page draws with are there', () => {
  expect(packages).toEqual(expect.arrayContaining([...CORE_AND_ADAPTERS, 'data', 'heatmap']));
});

describe.each(packages)('the one file of %s', (name) => {
  const manifest = readManifest(join('packages', name)) as unknown as Record<string, unknown>;

  test('is what content delivery networks are told of', () => {
    const file = `./dist/browser/${name}.js`;
    expect(manifest).toMatchObject({
      jsdelivr: file,
      unpkg: file,
    });
  });

  test('imports core by its name, and nothing else', () => {
    const imported = [
      ...codeOf(name).matchAll(/\b(?:import|export)[^;'"`]*?from["']([^"']+)["']/g),
    ];
    expect(imported.map((found) => found[1])).toEqual(name === 'core' ? [] : ['@patternlens/core']);
  });

  test('names the licences of others', () => {
    const others = Object.keys(manifest['dependencies'] ?? {}).filter(
      (dependency) => !dependency.startsWith('@patternlens/') && dependency !== 'dejavu-fonts-ttf',
    );
    const file = join(folderOf(name), 'licences.txt');
    const licences = existsSync(file) ? readFileSync(file, 'utf8') : '';
    expect(others.filter((other) => !licences.includes(`${other} `))).toEqual([]);
  });

  test('has a map that leads to source files', () => {
    expect(codeOf(name)).toContain(`//# sourceMappingURL=${name}.js.map`);
    const { sources } = JSON.parse(readFileSync(`${fileOf(name)}.map`, 'utf8')) as {
      sources: string[];
    };
    const own = sources.filter((source) => source.startsWith('../../src/'));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((source) => !existsSync(join(folderOf(name), source)))).toEqual([]);
  });
});

test('each exports what the doors of its package do, and core what all of its doors do', () => {
  const doors = JSON.parse(readText('tools/doors.json')) as Record<string, readonly string[]>;
  const folder = emptyFolder();
  // Each name leads to its file, as in an import map.
  for (const name of packages) {
    const place = join(folder, 'node_modules/@patternlens', name);
    cpSync(fileOf(name), join(place, 'file.js'));
    writeFileSync(join(place, 'package.json'), '{ "type": "module", "exports": "./file.js" }');
  }
  const program = `
    const exported = {};
    for (const name of ${JSON.stringify(packages)})
      exported[name] = Object.keys(await import('@patternlens/' + name)).sort();
    console.log(JSON.stringify(exported));`;
  const { stdout, stderr } = runNode(['--input-type=module', '-e', program], folder);
  removeFolder(folder);
  expect(stderr).toBe('');
  const values = (name: string): string[] =>
    Object.entries(doors)
      .filter(([door]) => `${door}/`.startsWith(`@patternlens/${name}/`) && !door.endsWith('/node'))
      .flatMap(([, names]) => names.filter((exported) => !exported.startsWith('type ')))
      .sort();
  expect(JSON.parse(stdout)).toEqual(
    Object.fromEntries(packages.map((name) => [name, values(name)])),
  );
});

/** What a page loads for a backend, compressed as servers do it. */
const kibOf = (...names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(codeOf(name), { level: 9 }).length, 0) / 1024;

// The two that read models hold every operator of their formats, and adapter-onnx the library for protocol buffers.
test.each([
  ['adapter-gpujs', 90],
  ['adapter-tfjs', 135],
  ['adapter-onnx', 166],
])('core and %s have %d KiB at most, compressed by gzip', (adapter, limit) => {
  expect(kibOf('core', adapter)).toBeLessThan(limit);
});
