import { PatternLensError } from '@patternlens/core';
import { BROWSER_BACKENDS, type BrowserBackendId } from './backend-ids.js';
import type { OpenBackendOptions, OpenedBackend } from './opened-backend.js';

/** Opens a backend in a page or a module worker. Each runtime is loaded when it is asked for.
 * @throws where it can't start; nothing else runs in its place. */
export async function openBrowserBackend(
  id: BrowserBackendId,
  options: OpenBackendOptions,
): Promise<OpenedBackend> {
  const [runtime, mode] = id.split(':') as [string, never];
  if (runtime === 'onnx') return (await import('./open-onnx.js')).openOnnx(mode, options);
  if (runtime === 'tfjs') return (await import('./open-tfjs.js')).openTfjs(mode, options);
  if (runtime === 'gpujs') return (await import('./open-gpujs.js')).openGpujs(mode);
  throw new PatternLensError(
    'page',
    'invalid-argument',
    `backend "${id}": expected one of ${BROWSER_BACKENDS.join(', ')}.`,
  );
}
