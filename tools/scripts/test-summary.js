// Sums up Jest's accounts of the projects, `PROJECT/test-results.json`: outputs of the target `test`, which Nx brings back with a cached result.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every project that has tests, with the file of its account. */
export function testedProjects(root) {
  const folders = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
  return [...folders, 'tools']
    .filter((name) => existsSync(join(root, name, 'jest.config.js')))
    .map((name) => ({ name, account: join(root, name, 'test-results.json') }));
}

const isSkipped = ({ status }) => status === 'pending' || status === 'todo';

/** How many tests of one account passed and failed, and the names of those that were skipped. */
function countsOf({ numPassedTests, numFailedTests, testResults }, folder) {
  // A suite that does not even load has no tests to fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(isSkipped)
        .map(({ fullName }) => `${folder}${name.split(`/${folder}`).at(-1)}: ${fullName}`),
    ),
  };
}

/** The sum over projects; one that has left no account counts as a failure, and is named in `missing`. */
export function sumOf(projects) {
  const there = projects.filter(({ account }) => existsSync(account));
  const counts = there.map(({ name, account }) =>
    countsOf(JSON.parse(readFileSync(account, 'utf8')), name),
  );
  const missing = projects.filter((project) => !there.includes(project)).map(({ name }) => name);
  const total = (key) => counts.reduce((sum, count) => sum + count[key], 0);
  return {
    passed: total('passed'),
    failed: total('failed') + missing.length,
    skipped: counts.flatMap(({ skipped }) => skipped),
    missing,
  };
}
