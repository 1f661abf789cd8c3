// Resident memory over a thousand explanations of the bundled network: `node tools/scripts/measure-memory.js onnx:node tfjs:wasm ...`
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const RUNS = 1000;
const MARKS = [100, 400, 700, 1000];
const MB = 2 ** 20;

async function measure(id) {
  const { readOnnx } = await import('@patternlens/adapter-onnx');
  const { createExplainer } = await import('@patternlens/core');
  const { DEFAULT_NETWORK, generatedSource } = await import('@patternlens/data');
  const { openBackend } = await import('../../packages/explain/dist/node.js');
  const network = await readOnnx(await readFile(DEFAULT_NETWORK.url));
  const images = await generatedSource({ count: 1, first: 8000 }).read(0, 1);
  const backend = await openBackend(id);
  const explainer = await createExplainer(network, { backend, method: 'guided-backprop' });
  const tensors = await tensorCounter(id);
  const marks = [];
  for (let run = 1; run <= RUNS; run++) {
    await explainer.explain(images);
    if (!MARKS.includes(run)) continue;
    globalThis.gc();
    marks.push(`${(process.memoryUsage().rss / MB).toFixed(0)} MB${tensors()}`);
  }
  await backend.dispose();
  console.log(`${id.padEnd(12)} after ${MARKS.join(', ')}: ${marks.join(', ')}`);
}

/** The number of tensors that TensorFlow.js holds, in words; nothing for other runtimes. */
async function tensorCounter(id) {
  if (!id.startsWith('tfjs:')) return () => '';
  const tf = await import('@tensorflow/tfjs');
  return () => ` and ${(tf.memory ?? tf.default.memory)().numTensors} tensors`;
}

const [first, ...rest] = process.argv.slice(2);
if (first === undefined) {
  console.error('Which backends? For example: node tools/scripts/measure-memory.js onnx:node');
  process.exitCode = 2;
} else if (rest.length === 0 && globalThis.gc !== undefined) {
  await measure(first);
} else {
  // Each in a process of its own, so that one's memory is not another's.
  for (const id of [first, ...rest])
    execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), id], {
      stdio: 'inherit',
    });
}
