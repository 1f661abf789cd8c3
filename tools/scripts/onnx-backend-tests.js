// Runs the tests that the package `onnx` of Python ships, those with floats, and says of each: pass, wrong, refused with the reason, or crashed.
//   node tools/scripts/onnx-backend-tests.js                       the folder is asked of Python (PATTERNLENS_PYTHON, or python3)
//   node tools/scripts/onnx-backend-tests.js --data FOLDER         .../onnx/backend/test/data
//   node tools/scripts/onnx-backend-tests.js --only resize         those with this in their names, each with its reason
//   node tools/scripts/onnx-backend-tests.js --list                every case with its reason
//   node tools/scripts/onnx-backend-tests.js --write               writes docs/operators.md too
// A case counts where it reads floats. Its inputs of floats are computed, or only the first; its first axis is the batch, or one is put in front, or
// the file is taken as it is. It needs the packages and tools built, and ends with 1 where a case is wrong or crashed.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { readOnnx } from '../../packages/adapter-onnx/dist/index.js';
import { operators } from '../../packages/adapter-onnx/dist/import/ops/operators.js';
import { REFUSED_OPERATORS } from '../../packages/adapter-onnx/dist/import/ops/refused-operators.js';
import { QUANTISED_OPERATORS } from '../../packages/adapter-onnx/dist/import/quantised/quantised-operators.js';
import { WITHOUT_GRADIENT } from '../../packages/adapter-onnx/dist/import/without-gradient.js';
import { readTensor } from '../../packages/adapter-onnx/dist/read/tensor-values.js';
import { openBackend } from '../../packages/explain/dist/node.js';
import {
  byKind,
  caseNames,
  checkCase,
  countWords,
  isFloatCase,
  operatorsPage,
  readCase,
  shortReason,
} from '../dist/onnx-tests/index.js';

const root = new URL('../..', import.meta.url).pathname;
const page = join(root, 'docs/operators.md');

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

/** The folder that Python's package has its tests in. */
function installed() {
  const code =
    'import onnx, os; print(os.path.join(os.path.dirname(onnx.__file__), "backend/test/data"))';
  const python = process.env.PATTERNLENS_PYTHON ?? 'python3';
  try {
    return execFileSync(python, ['-c', code], { encoding: 'utf8' }).trim();
  } catch {
    console.log(
      `${python} has no package onnx. Install it (pip install onnx==1.17.0), or give the folder with --data.`,
    );
    process.exit(1);
  }
}

const data = options.data ?? installed();
if (!existsSync(join(data, 'node'))) {
  console.log(
    `${data} holds no folder "node". Give the folder backend/test/data of the package onnx.`,
  );
  process.exit(1);
}

const backends = [await openBackend('reference'), await openBackend('onnx:node')];
const runners = { readOnnx: (bytes) => readOnnx(bytes), backends };
const judged = [];
for (const folder of caseNames(data).filter((name) => name.includes(options.only))) {
  const stored = await readCase(data, folder, readTensor);
  if (!isFloatCase(stored)) continue;
  const verdict = await checkCase(stored, runners);
  judged.push({
    name: stored.name,
    operators: stored.model.graph.node.map(({ opType }) => opType),
    verdict,
  });
}
for (const backend of backends) await backend.dispose();

const told = (verdict) => `${verdict.form ? `${verdict.form}. ` : ''}${verdict.reason ?? ''}`;
for (const { name, verdict } of judged)
  if (options.list || options.only !== '' || ['wrong', 'crashed'].includes(verdict.verdict))
    console.log(`${verdict.verdict.padEnd(8)} ${name}: ${told(verdict)}`);

for (const [kind, cases] of byKind(judged)) {
  console.log(`\n${cases.length} refused: ${kind}`);
  const reasons = new Map();
  for (const { name, verdict } of cases) {
    const reason = shortReason(verdict.reason);
    reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  for (const [reason, names] of [...reasons].sort((a, b) => b[1].length - a[1].length))
    console.log(
      `  ${String(names.length).padStart(3)}  ${reason} (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', ...' : ''})`,
    );
}
const checks = judged.reduce((sum, { verdict }) => sum + (verdict.gradientChecks ?? 0), 0);
console.log(
  `\n${judged.length} cases with floats: ${countWords(judged)}; ${checks} slopes compared`,
);

if (options.write) {
  const known = {
    operations: [
      ...new Set([...Object.keys(operators.operations), ...QUANTISED_OPERATORS, 'Constant', 'If']),
    ],
    folders: Object.keys(operators.folders),
    refused: { ...REFUSED_OPERATORS, ...WITHOUT_GRADIENT },
  };
  const text = operatorsPage(judged, known);
  const config = await prettier.resolveConfig(page);
  writeFileSync(page, await prettier.format(text, { ...config, filepath: page }));
  console.log('wrote docs/operators.md');
}
process.exitCode = judged.some(({ verdict }) => ['wrong', 'crashed'].includes(verdict.verdict))
  ? 1
  : 0;
