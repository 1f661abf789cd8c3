import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const CLI = join(
  dirname(createRequire(__filename).resolve('@patternlens/cli/package.json')),
  'bin/patternlens.js',
);

/** Runs a line for the command in a folder, through a shell, as somebody who pasted it does.
 * @throws where it fails. */
export async function runCommandLine(line: string, cwd: string): Promise<void> {
  const own = line.replace(/^patternlens /, `'${process.execPath}' '${CLI}' `);
  if (own === line) throw new Error(`This is no line for the command: ${line}`);
  await promisify(execFile)('/bin/sh', ['-c', own], { cwd });
}
