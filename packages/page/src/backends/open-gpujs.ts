import { gpujsBackend } from '@patternlens/adapter-gpujs';
import { described } from './described.js';
import type { OpenedBackend } from './opened-backend.js';
import { requireAdapter } from './require-adapter.js';
import { requireCanvas } from './require-canvas.js';

/** gpu.js in one of its modes. */
export async function openGpujs(
  mode: 'cpu' | 'wasm' | 'webgl2' | 'webgpu',
): Promise<OpenedBackend> {
  if (mode === 'webgpu') await requireAdapter();
  if (mode === 'webgl2') requireCanvas();
  const gpujs: unknown = await import('gpu.js');
  return described(gpujsBackend({ mode, gpujs }));
}
