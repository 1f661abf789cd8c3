import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './repository.js';
import { promisedOutput, type Snippet } from './documents.js';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program until it ends, without what Node was told for the tests. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  timeout = 100_000,
): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: '0' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout,
  });
  return error ? { status, stdout: '', stderr: String(error) } : { status, stdout, stderr };
}

export const runNode = (args: readonly string[], cwd: string): Outcome =>
  run(process.execPath, args, cwd);

/** Runs what takes minutes. */
export const runLong = (args: readonly string[], cwd: string): Outcome =>
  run(process.execPath, args, cwd, 380_000);

/** A folder for one test, with the workspace's packages as they are built. */
export function scratch(): { readonly folder: string; readonly remove: () => void } {
  if (!existsSync(join(ROOT, 'packages/cli/dist/main.js')))
    throw new Error('The packages are not built: run npm run build first.');
  const folder = mkdtempSync(join(tmpdir(), 'patternlens-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A snippet as Node runs it: without its types. */
const javascriptOf = ({ code, language }: Snippet): string =>
  language === 'ts'
    ? ts.transpileModule(code, {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2022,
          verbatimModuleSyntax: true,
        },
      }).outputText
    : code;

/** Runs a snippet in a folder, and checks that it ends well and prints what it says. */
export function expectSnippetRuns(snippet: Snippet, folder: string): void {
  const file = join(folder, `${snippet.mark!.text}.mjs`);
  writeFileSync(file, javascriptOf(snippet));
  const { status, stdout, stderr } = runNode([file], folder);
  if (status !== 0)
    throw new Error(`${snippet.file}:${snippet.line} ended with ${String(status)}:\n${stderr}`);
  let from = 0;
  for (const promised of promisedOutput(snippet)) {
    expect(stdout.slice(from)).toContain(promised);
    from = stdout.indexOf(promised, from) + promised.length;
  }
}
