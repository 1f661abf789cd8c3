import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { emptyFolder, removeFolder } from './testing/installed.js';
import { isMade, ROOT } from './testing/repository.js';
import { run, runNode } from './testing/run-node.js';

/** A copy of the workspace as it is built. What is installed is linked: the workspace's packages to the copy. */
const folder = emptyFolder();

const COPIED = [
  'apps',
  'examples',
  'packages',
  'tools',
  'nx.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'jest.base.js',
  'LICENSE',
  'NOTICE',
  '.prettierrc',
  '.prettierrc.json',
];

beforeAll(() => {
  for (const file of COPIED.filter((path) => existsSync(join(ROOT, path))))
    cpSync(join(ROOT, file), join(folder, file), {
      recursive: true,
      filter: (path) => basename(path) === 'dist' || !isMade(basename(path)),
    });
  const installed = join(folder, 'node_modules');
  mkdirSync(installed);
  cpSync(join(ROOT, 'node_modules/@patternlens'), join(installed, '@patternlens'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@patternlens')
      symlinkSync(join(ROOT, 'node_modules', name), join(installed, name));
});

afterAll(() => {
  removeFolder(folder);
});

const nx = (args: readonly string[], cwd: string) => {
  const program = join(ROOT, 'node_modules/nx/dist/bin/nx.js');
  return run('env', ['NX_DAEMON=false', process.execPath, program, ...args], cwd);
};

/** What `nx g @patternlens/tools:GENERATOR NAME` does, in the copy. */
function generate(generator: string, name: string) {
  const code = `
    const { FsTree, flushChanges } = require('nx/src/generators/tree');
    const { generators } = require(${JSON.stringify(join(ROOT, 'tools/generators.json'))});
    const { join } = require('node:path');
    const own = generators[${JSON.stringify(generator)}];
    const { default: factory } = require(join(${JSON.stringify(join(ROOT, 'tools'))}, own.factory));
    const tree = new FsTree(process.cwd(), false);
    factory(tree, { name: ${JSON.stringify(name)} }).then(() => flushChanges(process.cwd(), tree.listChanges()),
      (error) => { console.error(error.message); process.exitCode = 1; });`;
  return runNode(['--no-warnings', '-e', code], folder);
}

const GENERATED = [
  ['rule', 'lrp-mine', 'packages/lrp-mine', 50],
  ['adapter', 'mine', 'packages/adapter-mine', 1000],
] as const;

test.each(GENERATED)(
  'the package of %s %s passes its tests at once, and its types are right',
  (generator, name, place, least) => {
    const made = generate(generator, name);
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' });
    const generated = join(folder, place);
    expect(existsSync(join(generated, 'LICENSE'))).toBe(true);
    expect(readFileSync(join(folder, 'tsconfig.json'), 'utf8')).toContain(`./${place}`);
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const { status, stderr } = runNode([jest, '--ci'], generated);
    expect({ status, said: status === 0 ? '' : stderr.slice(-3000) }).toEqual({
      status: 0,
      said: '',
    });
    expect(Number(/^Tests: +(\d+) passed/m.exec(stderr)?.[1])).toBeGreaterThan(least);
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    // As a consumer: the other packages by their built types.
    const flags = [
      '--noEmit',
      '--composite',
      'false',
      '--emitDeclarationOnly',
      'false',
      '--declarationMap',
      'false',
    ];
    const types = runNode([tsc, '-p', join(generated, 'tsconfig.lib.json'), ...flags], folder);
    expect({ status: types.status, said: types.stdout }).toEqual({ status: 0, said: '' });
  },
  60_000,
);

test('behind both, the references between projects are what nx sync would make them', () => {
  const { status, stdout, stderr } = nx(['sync:check'], folder);
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
}, 60_000);

test('a name that is none, or is taken, is refused', () => {
  const bad = generate('rule', 'My Rule');
  expect([bad.status, bad.stderr]).toEqual([1, expect.stringContaining('small letters')]);
  const taken = generate('rule', 'core');
  expect([taken.status, taken.stderr]).toEqual([
    1,
    expect.stringContaining('packages/core is there'),
  ]);
});

test('nx finds both', () => {
  const { status, stdout } = nx(['g', '@patternlens/tools:rule', 'lrp-mine', '--dry-run'], ROOT);
  expect(status).toBe(0);
  expect(stdout).toContain('packages/lrp-mine/src/lrp-mine.test.ts');
  expect(existsSync(join(ROOT, 'packages/lrp-mine'))).toBe(false);
}, 60_000);
