import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../scripts/explorer.js');

/** Runs the script; it ends before it builds anything where something is wrong. */
const run = (...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [SCRIPT, ...args], (error, stdout, stderr) => {
      done({ code: error ? error.code : 0, stdout, stderr });
    });
  });

test('a folder with files of somebody else stays as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patternlens-'));
  const file = join(folder, 'thesis.tex');
  writeFileSync(file, 'years of work');
  const { code, stderr } = await run('--build', folder);
  expect(code).toBe(1);
  expect(stderr).toContain('holds other files. Name an empty folder');
  expect(existsSync(file)).toBe(true);
  rmSync(folder, { recursive: true });
});

test.each(['ten', '-1', '70000'])('a port of %s is refused', async (port) => {
  expect(await run(`--port=${port}`)).toEqual({
    code: 1,
    stdout: '',
    stderr: `--port: expected a number from 0 to 65535, got "${port}".\n`,
  });
});

test('help says what the options are', async () => {
  const { code, stdout } = await run('--help');
  expect(code).toBe(0);
  expect(stdout).toContain('--build DIR');
});
