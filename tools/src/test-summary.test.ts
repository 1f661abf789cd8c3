import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, removeFolder } from './testing/installed.js';
import { ROOT } from './testing/repository.js';
import { runNode } from './testing/run-node.js';

const root = emptyFolder();

afterAll(() => {
  removeFolder(root);
});

/** A project with tests, and what Jest wrote about them; nothing where it ended before. */
function project(name: string, account?: object): void {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'jest.config.js'), '');
  if (account) writeFileSync(join(folder, 'test-results.json'), JSON.stringify(account));
}

const suite = (folder: string, status: string, tests: readonly [string, string][]) => ({
  name: `/somewhere/else/${folder}/src/a.test.ts`,
  status,
  assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
});

test('accounts of all projects are summed up, whether they were written here or brought back from a cache', () => {
  project('packages/one', {
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [
      suite('packages/one', 'failed', [
        ['passed', 'a'],
        ['failed', 'b'],
        ['pending', 'needs a browser'],
      ]),
      suite('packages/one', 'passed', [
        ['passed', 'c'],
        ['todo', 'd'],
      ]),
    ],
  });
  // It did not load: there are no tests in it that could have failed.
  project('apps/two', {
    numPassedTests: 5,
    numFailedTests: 0,
    testResults: [suite('apps/two', 'failed', [])],
  });
  project('tools');
  mkdirSync(join(root, 'packages/no-tests'));
  const script = JSON.stringify(join(ROOT, 'tools/scripts/test-summary.js'));
  const code = `
    const { sumOf, testedProjects } = await import(${script});
    console.log(JSON.stringify(sumOf(testedProjects(process.argv[1]))));`;
  const { stdout } = runNode(['--input-type=module', '-e', code, root], root);
  expect(JSON.parse(stdout)).toEqual({
    passed: 7,
    failed: 3,
    skipped: ['packages/one/src/a.test.ts: needs a browser', 'packages/one/src/a.test.ts: d'],
    missing: ['tools'],
  });
});
