import { tfjsBackend } from '@patternlens/adapter-tfjs';
import { referenceBackend } from '@patternlens/reference';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { BackendId } from '../compute/backend-ids.js';
import { CallFailure } from '../compute/call-failure.js';
import type { OpenedBackend } from '../compute/open-backend.js';
import { unpacked } from './packed-file.js';

/** What the page puts before the worker's script. */
const { packedRuntime } = globalThis as unknown as { readonly packedRuntime: string };

async function openWasm(): Promise<OpenedBackend> {
  const runtime = new Blob([(await unpacked(packedRuntime)) as BlobPart], {
    type: 'application/wasm',
  });
  const address = URL.createObjectURL(runtime);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': address,
    'tfjs-backend-wasm-simd.wasm': address,
    'tfjs-backend-wasm-threaded-simd.wasm': address,
  });
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const backend = tfjsBackend({ tf, backend: 'wasm' });
  const facts = await backend.describe();
  URL.revokeObjectURL(address);
  return { backend, facts };
}

/** Opens a backend in the one-file page, which has two.
 * @throws CallFailure for all others, saying where they are. */
export async function openBackend(id: BackendId): Promise<OpenedBackend> {
  if (id === 'reference')
    return { backend: referenceBackend(), facts: { mode: 'JavaScript', precision: 'float64' } };
  if (id === 'tfjs:wasm') return openWasm();
  throw new CallFailure({
    code: 'backend-unavailable',
    sentence: `${id} is not in this one-file page, which has tfjs:wasm and reference. The folder's index.html has it, from any server.`,
    subject: {},
  });
}
