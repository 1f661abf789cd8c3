import { PatternLensError, type Backend } from '@patternlens/core';
import {
  insteadOf,
  packagesOf,
  PREFERRED,
  runsHere,
  type BackendId,
  type NodeBackendId,
} from './backend-ids.js';
import { importRuntimes } from './import-runtime.js';
import { onnxRuntime, type OnnxBackendId } from './onnx-runtime.js';
import { tfjsRuntime, type TfjsBackendId } from './tfjs-runtime.js';

const onnx = async (id: OnnxBackendId): Promise<Backend> => {
  const runtime = await onnxRuntime(id);
  return (await import('@patternlens/adapter-onnx')).onnxBackend(runtime);
};

const tfjs = async (id: TfjsBackendId): Promise<Backend> => {
  const runtime = await tfjsRuntime(id);
  return (await import('@patternlens/adapter-tfjs')).tfjsBackend(runtime);
};

const gpujs = async (id: 'gpujs:cpu' | 'gpujs:wasm', mode: 'cpu' | 'wasm'): Promise<Backend> => {
  const [runtime] = await importRuntimes(id, packagesOf(id));
  return (await import('@patternlens/adapter-gpujs')).gpujsBackend({ mode, gpujs: runtime });
};

/** How each backend that runs here is opened. */
const OPEN: Readonly<Record<NodeBackendId, () => Promise<Backend>>> = {
  reference: async () => (await import('@patternlens/reference')).referenceBackend(),
  'onnx:node': () => onnx('onnx:node'),
  'onnx:wasm': () => onnx('onnx:wasm'),
  'tfjs:cpu': () => tfjs('tfjs:cpu'),
  'tfjs:wasm': () => tfjs('tfjs:wasm'),
  'gpujs:cpu': () => gpujs('gpujs:cpu', 'cpu'),
  'gpujs:wasm': () => gpujs('gpujs:wasm', 'wasm'),
};

/** A backend by its name, on the runtime that is installed; the first whose runtime is installed where none is named.
 * @throws PatternLensError `backend-unavailable` with the command that installs it. */
export async function openBackend(id: BackendId | undefined): Promise<Backend> {
  if (id === undefined) return firstInstalled();
  if (runsHere(id)) return OPEN[id]();
  throw new PatternLensError(
    'explain',
    'backend-unavailable',
    `backend ${id}: it runs in browsers only. Use ${insteadOf(id).join(' or ')} here.`,
    { backend: id },
  );
}

async function firstInstalled(): Promise<Backend> {
  for (const id of PREFERRED) {
    try {
      return await OPEN[id]();
    } catch (cause) {
      if (!(cause instanceof PatternLensError) || cause.code !== 'backend-unavailable') throw cause;
    }
  }
  const [first, ...others] = PREFERRED.map((id) => packagesOf(id).join(' with '));
  throw new PatternLensError(
    'explain',
    'backend-unavailable',
    `no runtime is installed. Run: npm install ${first!} (or ${others.join(', ')})`,
  );
}
