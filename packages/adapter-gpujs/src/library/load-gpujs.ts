import { messageOf, PatternLensError } from '@patternlens/core';
import type { GpuJsModule } from './gpujs.js';

const isModule = (value: unknown): value is GpuJsModule =>
  typeof (value as Partial<GpuJsModule> | undefined)?.GPU === 'function';

/** gpu.js behind what was imported, as a namespace or by its default export.
 * @throws PatternLensError `backend-unavailable` where it is something else. */
export function moduleOf(given: unknown): GpuJsModule {
  const candidates = [given, (given as { default?: unknown } | null | undefined)?.default];
  const found = candidates.find(isModule);
  if (found) return found;
  throw new PatternLensError(
    'backend-unavailable',
    '[adapter-gpujs] gpujs: expected gpu.js (import * as gpujs from "gpu.js"), got something else.',
    { backend: 'gpujs' },
  );
}

/** Imports gpu.js.
 * @throws PatternLensError `backend-unavailable` where it is not installed. */
export async function loadGpujs(
  load: () => Promise<unknown> = () => import('gpu.js'),
): Promise<GpuJsModule> {
  let loaded: unknown;
  try {
    loaded = await load();
  } catch (cause) {
    throw new PatternLensError(
      'backend-unavailable',
      `[adapter-gpujs] gpu.js could not be loaded (${messageOf(cause)}). Run: npm install gpu.js`,
      { backend: 'gpujs' },
      cause,
    );
  }
  return moduleOf(loaded);
}
