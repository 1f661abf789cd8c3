// Runs the conformance suite on backends of Node, and leaves the results for write-support.js:
//   node tools/scripts/run-conformance.js onnx:node onnx:wasm
// It needs the packages built. It ends with 1 where a case failed or a backend could not be opened.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runConformance } from '../../packages/conformance/dist/index.js';
import { referenceBackend } from '../../packages/reference/dist/index.js';
import { openBackend } from '../../packages/explain/dist/node.js';
import { lacksOf } from './lacks.js';

const root = new URL('../..', import.meta.url).pathname;
const folder = join(root, 'test-results/conformance');

/** The suite on one backend: counted, written down, and shown where it failed. */
async function run(id) {
  const begin = Date.now();
  const backend = await openBackend(id);
  try {
    const results = await runConformance(backend, referenceBackend(), {
      lacks: lacksOf(id),
      onResult: ({ status, message }) => {
        if (status === 'failed') console.log(`FAILED ${id}: ${message}`);
      },
    });
    const report = { backend: backend.id, host: 'Node', results };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `node-${id.replaceAll(':', '-')}.json`), JSON.stringify(report));
    const count = (status) => results.filter((result) => result.status === status).length;
    const seconds = ((Date.now() - begin) / 1000).toFixed(0);
    console.log(
      `${id}: ${count('passed')} of ${results.length} passed, ${count('lacking')} lacking, ${count('failed')} failed (${seconds} s)`,
    );
    return count('failed') === 0;
  } finally {
    await backend.dispose();
  }
}

let isRight = process.argv.length > 2;
if (!isRight) console.log('Which backends? For example: run-conformance.js onnx:node onnx:wasm');
for (const id of process.argv.slice(2)) {
  try {
    isRight = (await run(id)) && isRight;
  } catch (cause) {
    // One backend that does not open leaves the others their turn.
    console.log(`FAILED ${id}: ${cause instanceof Error ? cause.message : String(cause)}`);
    isRight = false;
  }
}
process.exitCode = isRight ? 0 : 1;
