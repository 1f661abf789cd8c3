import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OnnxModel } from '@patternlens/adapter-onnx';
import { PatternLensError, suggestion, type Backend } from '@patternlens/core';
import { UsageError } from '../arguments/usage-error.js';
import type { OpenedModel } from '../models/open-model.js';

/** Every backend that there is a name for; those after the first three belong to packages that are not here yet. */
export const BACKEND_IDS = [
  'reference',
  'onnx:node',
  'onnx:wasm',
  'onnx:webgpu',
  'tfjs:cpu',
  'tfjs:wasm',
  'tfjs:webgl',
  'tfjs:webgpu',
  'gpujs:cpu',
  'gpujs:wasm',
  'gpujs:webgl2',
  'gpujs:webgpu',
] as const;
export type BackendId = (typeof BACKEND_IDS)[number];

const RUNTIMES: Readonly<Partial<Record<BackendId, string>>> = {
  'onnx:node': 'onnxruntime-node',
  'onnx:wasm': 'onnxruntime-web',
};

/** The order in which an installed backend is looked for. */
const PREFERRED: readonly BackendId[] = ['onnx:node', 'onnx:wasm'];

/** @throws UsageError for a name that is none, with the nearest right one. */
export function parseBackend(text: string): BackendId {
  if ((BACKEND_IDS as readonly string[]).includes(text)) return text as BackendId;
  throw new UsageError(
    `--backend: there is no backend "${text}". ${suggestion(text, BACKEND_IDS)}`,
  );
}

function unavailable(id: BackendId, message: string, cause?: unknown): never {
  throw new PatternLensError(
    'backend-unavailable',
    `backend ${id}: ${message}`,
    { backend: id },
    cause,
  );
}

/** Imports a runtime that is installed beside the command, or in the folder that it is called from; undefined where it is in neither. */
async function importRuntime(name: string): Promise<unknown> {
  const places = [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href];
  for (const place of places) {
    let file: string;
    try {
      file = createRequire(place).resolve(name);
    } catch {
      continue;
    }
    return import(pathToFileURL(file).href);
  }
  return undefined;
}

/** How a runtime is used by a backend. */
async function openRuntime(
  id: 'onnx:node' | 'onnx:wasm',
): Promise<{ readonly ort: unknown; readonly executionProvider: 'cpu' | 'wasm' } | undefined> {
  const ort = await importRuntime(RUNTIMES[id]!);
  if (ort === undefined) return undefined;
  if (id === 'onnx:wasm') useThreads(ort);
  return { ort, executionProvider: id === 'onnx:node' ? 'cpu' : 'wasm' };
}

/** A backend by its name, on the runtime that is installed; the first whose runtime is installed where none is named.
 * @throws PatternLensError `backend-unavailable` with the command that installs it. */
export async function openBackend(id: BackendId | undefined): Promise<Backend> {
  if (id === undefined) return firstInstalled();
  if (id === 'reference') return (await import('@patternlens/reference')).referenceBackend();
  if (id !== 'onnx:node' && id !== 'onnx:wasm') {
    return unavailable(
      id,
      id.startsWith('onnx:')
        ? 'it runs in browsers only. Use onnx:node or onnx:wasm here.'
        : 'this version has no adapter for it. Use onnx:node, onnx:wasm or reference.',
    );
  }
  const runtime = await openRuntime(id);
  if (runtime === undefined)
    return unavailable(
      id,
      `it needs ${RUNTIMES[id]!}, which is not installed. Run: npm install ${RUNTIMES[id]!}`,
    );
  const { onnxBackend } = await import('@patternlens/adapter-onnx');
  return onnxBackend(runtime);
}

/** The model file run by the backend's own runtime, as it is; undefined for a backend that has none. */
export async function openPlainModel(
  model: OpenedModel,
  backend: string,
): Promise<OnnxModel | undefined> {
  if (model.network.format !== 'onnx' || (backend !== 'onnx:node' && backend !== 'onnx:wasm'))
    return undefined;
  const runtime = await openRuntime(backend);
  const { openOnnxModel } = await import('@patternlens/adapter-onnx');
  return openOnnxModel(backend === 'onnx:node' ? model.file : model.bytes, runtime!);
}

/** The web runtime takes half of the processors by itself, for the sake of the page; here there is no page. */
function useThreads(runtime: unknown): void {
  const own = runtime as {
    env?: { wasm?: { numThreads?: number } };
    default?: { env?: { wasm?: { numThreads?: number } } };
  };
  const wasm = own.env?.wasm ?? own.default?.env?.wasm;
  if (wasm) wasm.numThreads ??= availableParallelism();
}

async function firstInstalled(): Promise<Backend> {
  for (const id of PREFERRED) {
    try {
      return await openBackend(id);
    } catch (cause) {
      if (!(cause instanceof PatternLensError) || cause.code !== 'backend-unavailable') throw cause;
    }
  }
  throw new PatternLensError(
    'backend-unavailable',
    'no runtime is installed. Run: npm install onnxruntime-node (or onnxruntime-web)',
  );
}
