import { spawnSync } from 'node:child_process';

const python = process.env['PATTERNLENS_PYTHON'] ?? 'python3';
const MODULES = 'import numpy, onnx, onnxruntime, safetensors';
const there = spawnSync(python, ['-c', MODULES]).status === 0;

/** A test that another program's library looks at; it is skipped where Python or its modules are missing. */
export const testWithPython = (name: string, run: () => Promise<void>, timeout?: number): void => {
  if (there) test(name, run, timeout);
  else test.skip(`${name} (skipped: ${python} has no numpy, onnx, onnxruntime, safetensors)`, run);
};

/** Runs a script and gives what it prints as JSON. */
export function runPython(script: string, args: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(python, ['-c', script, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`python: ${stderr}`);
  return JSON.parse(stdout);
}
