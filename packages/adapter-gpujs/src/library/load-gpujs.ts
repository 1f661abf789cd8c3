import { messageOf, PatternLensError } from '@patternlens/core';
import { type Library, moduleBehind } from '@patternlens/core/arguments';
import type { GpuJsModule } from './gpujs.js';

const GPU_JS: Library<GpuJsModule> = {
  scope: 'adapter-gpujs',
  where: 'gpujs',
  backend: 'gpujs',
  called: 'gpu.js',
  write: 'import * as gpujs from "gpu.js", and gpujsBackend({ gpujs })',
  awaited: 'gpujsBackend({ gpujs: await import("gpu.js") })',
  is: ({ GPU }) => typeof GPU === 'function',
};

/** gpu.js behind what was imported, as a namespace or by its default export.
 * @throws PatternLensError `backend-unavailable` where it is something else. */
export const moduleOf = (given: unknown): GpuJsModule => moduleBehind(given, GPU_JS);

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
      'adapter-gpujs',
      'backend-unavailable',
      `gpu.js could not be loaded (${messageOf(cause)}). Run: npm install gpu.js`,
      { backend: 'gpujs' },
      cause,
    );
  }
  return moduleOf(loaded);
}

interface Manifest {
  readonly version?: string;
}

/** The version of gpu.js that is installed, where that can be found out. */
export async function gpujsVersion(): Promise<string | undefined> {
  const { process } = globalThis as {
    process?: {
      getBuiltinModule?: (id: 'module') => {
        createRequire: (base: string) => (id: string) => unknown;
      };
    };
  };
  try {
    const node = process?.getBuiltinModule?.('module');
    if (node)
      return (node.createRequire(import.meta.url)('gpu.js/package.json') as Manifest).version;
    const loaded: { default: Manifest } = await import('gpu.js/package.json', {
      with: { type: 'json' },
    });
    return loaded.default.version;
  } catch {
    return undefined;
  }
}
