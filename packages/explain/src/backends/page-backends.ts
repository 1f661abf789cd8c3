import { messageOf, PatternLensError, type Backend } from '@patternlens/core';

/** How a page opens a backend on a runtime that its bundle, or its import map, has. */
interface PageBackend {
  /** What has to be installed. */
  readonly package: string;
  readonly open: () => Promise<() => Promise<Backend>>;
}

type OnnxMode = 'wasm' | 'webgpu';
type TfjsMode = 'cpu' | 'webgl';
type GpujsMode = 'cpu' | 'webgl2' | 'webgpu';

const onnx = (executionProvider: OnnxMode): PageBackend => ({
  package: 'onnxruntime-web',
  open: async () => {
    const ort: unknown =
      executionProvider === 'wasm'
        ? await import('onnxruntime-web/wasm')
        : await import('onnxruntime-web/webgpu');
    return async () => {
      const { onnxBackend } = await import('@patternlens/adapter-onnx');
      return onnxBackend({ ort, executionProvider });
    };
  },
});

const tfjs = (backend: TfjsMode): PageBackend => ({
  package: '@tensorflow/tfjs',
  open: async () => {
    const tf: unknown = await import('@tensorflow/tfjs');
    return async () => (await import('@patternlens/adapter-tfjs')).tfjsBackend({ tf, backend });
  },
});

const gpujs = (mode: GpujsMode): PageBackend => ({
  package: 'gpu.js',
  open: async () => {
    const library: unknown = await import('gpu.js');
    return async () =>
      (await import('@patternlens/adapter-gpujs')).gpujsBackend({ mode, gpujs: library });
  },
});

/** Backends that a page opens by their name. Others take files of their runtimes that the page has to say the place of: hand these in, opened. */
const PAGE_BACKENDS: Readonly<Record<string, PageBackend>> = {
  'onnx:wasm': onnx('wasm'),
  'onnx:webgpu': onnx('webgpu'),
  'tfjs:cpu': tfjs('cpu'),
  'tfjs:webgl': tfjs('webgl'),
  'gpujs:cpu': gpujs('cpu'),
  'gpujs:webgl2': gpujs('webgl2'),
  'gpujs:webgpu': gpujs('webgpu'),
};

const REFERENCE = 'reference';

export const PAGE_BACKEND_IDS: readonly string[] = [...Object.keys(PAGE_BACKENDS), REFERENCE];

/** The order in which a runtime is looked for: those that compute in float32 everywhere. */
const PAGE_PREFERRED = ['onnx:wasm', 'tfjs:cpu', 'gpujs:cpu'];

function unavailable(sentence: string, backend?: string, cause?: unknown): never {
  throw new PatternLensError(
    'explain',
    'backend-unavailable',
    sentence,
    backend === undefined ? {} : { backend },
    cause,
  );
}

async function openNamed(id: string): Promise<Backend> {
  if (id === REFERENCE) return (await import('@patternlens/reference')).referenceBackend();
  const { package: name, open } = PAGE_BACKENDS[id]!;
  const start = await open().catch((cause: unknown) =>
    unavailable(
      `backend ${id}: ${name} could not be loaded (${messageOf(cause)}). Run: npm install ${name}`,
      id,
      cause,
    ),
  );
  return start();
}

/** Opens a backend of a page by its name, else on the first runtime that the page has. A runtime that is there and does not start is not passed over.
 * @throws PatternLensError `backend-unavailable` with the remedy. */
export async function openPageBackend(
  id: string | undefined,
): Promise<{ readonly backend: Backend; readonly notes: readonly string[] }> {
  if (id !== undefined) return { backend: await openNamed(id), notes: [] };
  const notes: string[] = [];
  for (const preferred of PAGE_PREFERRED) {
    const { package: name, open } = PAGE_BACKENDS[preferred]!;
    let start: () => Promise<Backend>;
    try {
      start = await open();
    } catch (cause) {
      notes.push(`${name} could not be loaded (${messageOf(cause)})`);
      continue;
    }
    return { backend: await start(), notes };
  }
  const [first, ...others] = PAGE_PREFERRED.map((one) => PAGE_BACKENDS[one]!.package);
  return unavailable(
    `no runtime could be loaded: ${notes.join('; ')}. Run: npm install ${first!} (or ${others.join(', ')})`,
  );
}
