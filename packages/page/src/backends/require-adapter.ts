import { PatternLensError } from '@patternlens/core';

/** Runtimes fall back, or crash later, where there is no adapter.
 * @throws PatternLensError `backend-unavailable` where WebGPU finds none. */
export async function requireAdapter(): Promise<void> {
  // Not all browsers have what the types promise.
  const { gpu } = navigator as Partial<Navigator>;
  if (!(await gpu?.requestAdapter()))
    throw new PatternLensError(
      'page',
      'backend-unavailable',
      'WebGPU is not available: no adapter.',
    );
}
