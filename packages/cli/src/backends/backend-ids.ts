import { suggestion } from '@patternlens/core';
import { UsageError } from '../arguments/usage-error.js';

/** Every backend that there is a name for. */
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

/** @throws UsageError for a name that is none, with the nearest right one. */
export function parseBackend(text: string): BackendId {
  if ((BACKEND_IDS as readonly string[]).includes(text)) return text as BackendId;
  throw new UsageError(
    `--backend: there is no backend "${text}". ${suggestion(text, BACKEND_IDS)}`,
  );
}
