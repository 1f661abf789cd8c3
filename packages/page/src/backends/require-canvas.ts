import { PatternLensError } from '@patternlens/core';

/** Without a page, WebGL needs a canvas that is in none.
 * @throws PatternLensError `backend-unavailable` in a worker of a browser that has no such canvas. */
export function requireCanvas(): void {
  if ('document' in globalThis || typeof OffscreenCanvas !== 'undefined') return;
  throw new PatternLensError(
    'page',
    'backend-unavailable',
    'WebGL needs OffscreenCanvas inside a worker; this browser has none.',
  );
}
