// All checks and all tests, as `npm test` runs them. The last line says how many tests passed, failed and were skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const results = join(root, 'test-results');
const environment = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', CI: 'true' };

const checks = [
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  { name: 'sync', command: ['nx', 'sync:check'] },
  { name: 'build', command: ['nx', 'run-many', '-t', 'build', '--outputStyle=static'] },
  { name: 'typecheck', command: ['nx', 'run-many', '-t', 'typecheck', '--outputStyle=static'] },
  { name: 'lint', command: ['nx', 'run-many', '-t', 'lint', '--outputStyle=static'] },
];

/** Runs a command, showing what it prints only where it fails. */
function passes({ name, command: [tool, ...rest] }) {
  const begin = Date.now();
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), rest, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = ((Date.now() - begin) / 1000).toFixed(0);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
}

/** Runs all suites, and gives Jest's own account of them. */
function runTests() {
  const file = join(results, 'jest.json');
  rmSync(file, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--config=jest.projects.js',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${file}`,
      '--silent',
    ],
    { cwd: root, env: environment, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (!existsSync(file)) return { status, numFailedTests: 1, numPassedTests: 0, skipped: [] };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => test.status === 'pending' || test.status === 'todo')
      .map(({ fullName }) => `${name.slice(root.length)}: ${fullName}`),
  );
  // A suite that does not even load has no tests to fail.
  const broken = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  return { ...report, status, numFailedTests: report.numFailedTests + broken, skipped };
}

mkdirSync(results, { recursive: true });
const failedChecks = checks.filter((check) => !passes(check)).length;
const { status, numPassedTests, numFailedTests, skipped } = runTests();
if (skipped.length > 0) console.log(`skipped:\n  ${skipped.join('\n  ')}`);
const failed = numFailedTests + failedChecks;
const summary = `${numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`;
writeFileSync(join(results, 'summary.txt'), `${summary}\n`);
console.log(summary);
process.exitCode = failed === 0 && status === 0 ? 0 : 1;
