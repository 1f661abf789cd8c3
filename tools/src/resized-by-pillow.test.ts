import { join } from 'node:path';
import { readText, ROOT } from './testing/repository.js';
import { run } from './testing/run-node.js';

const python = process.env['PATTERNLENS_PYTHON'] ?? 'python3';
const MODULES = 'import numpy, PIL; assert int(PIL.__version__.split(".")[0]) < 13';
const there = run(python, ['-c', MODULES], ROOT).status === 0;

const name = 'what resizing is tested with is what Pillow computes';
const check = (): void => {
  const script = join(ROOT, 'tools/python/resized-by-pillow.py');
  const { status, stdout, stderr } = run(python, [script], ROOT);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const stored = readText('packages/data/src/testing/resized-by-pillow.json');
  expect(JSON.parse(stdout)).toEqual(JSON.parse(stored));
};
if (there) test(name, check);
else test.skip(`${name} (skipped: ${python} has no numpy, pillow<13)`, check);
