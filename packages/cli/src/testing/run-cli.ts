import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const packageFolder = resolve(__dirname, '../..');
const bin = join(packageFolder, 'bin', 'patternlens.js');

export interface Outcome {
  /** Null where a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Looks at everything said so far whenever something is, and may end the process with a signal. */
  readonly interruptAt?: (stderr: string) => boolean;
  /** Signals that are sent then, one behind the other; one where nothing is said. */
  readonly interrupts?: number;
  /** Closes the process's stdout before it writes. */
  readonly closeStdout?: boolean;
}

/** Runs the command as a user does, on what was built. */
export async function runCli(
  args: readonly (string | number)[],
  { cwd, env, interruptAt, interrupts = 1, closeStdout }: RunOptions = {},
): Promise<Outcome> {
  if (!existsSync(join(packageFolder, 'dist', 'main.js')))
    throw new Error('packages/cli/dist is missing: run npm run build before these tests.');
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [bin, ...args.map(String)], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '',
      stderr = '',
      interrupted = false;
    if (closeStdout === true) child.stdout.destroy();
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (interrupted || interruptAt?.(stderr) !== true) return;
      interrupted = true;
      for (let sent = 0; sent < interrupts; sent++)
        setTimeout(() => child.kill('SIGINT'), 20 * sent);
    });
    child.on('error', failed);
    child.on('close', (code, signal) => {
      done({ code, signal, stdout, stderr });
    });
  });
}

/** Runs the command and expects it to succeed. */
export async function succeed(
  args: readonly (string | number)[],
  options?: RunOptions,
): Promise<Outcome> {
  const outcome = await runCli(args, options);
  if (outcome.code !== 0)
    throw new Error(
      `patternlens ${args.join(' ')}: exit ${String(outcome.code)}\n${outcome.stderr}`,
    );
  return outcome;
}

const STACK = /^\s+at .*:\d+:\d+\)?$/m;

/** Runs the command and expects it to refuse: the exit code, one error on stderr with these parts, nothing on stdout, no stack. */
export async function refuse(
  args: readonly (string | number)[],
  code: number,
  parts: readonly string[],
  options?: RunOptions,
): Promise<void> {
  const outcome = await runCli(args, options);
  const errors = outcome.stderr.split('\n').filter((line) => line.startsWith('patternlens: '));
  expect({
    code: outcome.code,
    stdout: outcome.stdout,
    errors: errors.length,
    stderr: outcome.stderr,
  }).toEqual({
    code,
    stdout: '',
    errors: 1,
    stderr: expect.not.stringMatching(STACK) as string,
  });
  expect(outcome.stderr).not.toContain('unexpected error');
  for (const part of parts) expect(outcome.stderr).toContain(part);
}

export const hasStack = (text: string): boolean => STACK.test(text);
