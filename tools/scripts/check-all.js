// All checks and all tests, as `npm test` runs them. The last line says how many tests passed, failed and were skipped.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sumOf, testedProjects } from './test-summary.js';

const root = new URL('../..', import.meta.url).pathname;
const results = join(root, 'test-results');
const environment = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', CI: 'true' };

const nx = (...words) => ['nx', ...words, '--outputStyle=static'];

const npm = (script) => ['npm', 'run', '--silent', script];

const checks = [
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  { name: 'sync', command: ['nx', 'sync:check'] },
  { name: 'build', command: nx('run-many', '-t', 'build') },
  { name: 'typecheck', command: nx('run-many', '-t', 'typecheck') },
  { name: 'lint', command: nx('run-many', '-t', 'lint') },
  { name: 'cycles', command: npm('cycles') },
  { name: 'unused', command: npm('unused') },
];

const start = ([tool, ...rest], options) =>
  spawnSync(tool === 'npm' ? tool : join(root, 'node_modules/.bin', tool), rest, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });

/** Runs a command, showing what it prints only where it fails. */
function passes({ name, command }) {
  const begin = Date.now();
  const { status, stdout, stderr } = start(command);
  const seconds = ((Date.now() - begin) / 1000).toFixed(0);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
}

/** Runs the suites that have no result yet for what they depend on, and sums up the accounts of all. */
function runTests() {
  const projects = testedProjects(root);
  for (const { account } of projects) rmSync(account, { force: true });
  const { status } = start(nx('run-many', '-t', 'test', '--nxBail=false'), { stdio: 'inherit' });
  const sum = sumOf(projects);
  for (const name of sum.missing) console.log(`FAILED ${name} has left no account of its tests`);
  return { ...sum, status };
}

mkdirSync(results, { recursive: true });
const failedChecks = checks.filter((check) => !passes(check)).length;
const { status, passed, failed: failedTests, skipped } = runTests();
if (skipped.length > 0) console.log(`skipped:\n  ${skipped.join('\n  ')}`);
const failed = failedTests + failedChecks;
const summary = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
writeFileSync(join(results, 'summary.txt'), `${summary}\n`);
console.log(summary);
process.exitCode = failed === 0 && status === 0 ? 0 : 1;
