import { PatternLensError } from '@patternlens/core';
import type { OnnxRuntime } from './ort.js';

/** The execution providers that a runtime can be asked for here. */
export function providersOf({ env }: OnnxRuntime): readonly string[] {
  if (env.versions?.node !== undefined) return ['cpu'];
  const { navigator } = globalThis as { readonly navigator?: { readonly gpu?: unknown } };
  return navigator?.gpu === undefined ? ['wasm'] : ['wasm', 'webgpu'];
}

/** @throws PatternLensError `backend-unavailable` naming the execution providers that are there. */
export function checkProvider(provider: string, there: readonly string[]): void {
  if (there.includes(provider)) return;
  const webgpu =
    provider === 'webgpu' && there.includes('wasm') ? ' WebGPU needs a browser that has it.' : '';
  const wasm = there.includes('cpu') ? ' "wasm" and "webgpu" are those of onnxruntime-web.' : '';
  throw new PatternLensError(
    'adapter-onnx',
    'backend-unavailable',
    `executionProvider: "${provider}" is not there. This runtime has here: ${there.join(', ')}.${webgpu}${wasm}`,
    { backend: `onnx:${provider}` },
  );
}
