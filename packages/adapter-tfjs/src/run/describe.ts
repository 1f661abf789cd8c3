import type { TfjsBackendName } from '../kernels/traits.js';
import type { TensorFlow } from './tf.js';

/** What really computes. */
export interface TfjsDescription {
  readonly runtime: { readonly name: string; readonly version: string };
  /** The backend of TensorFlow.js. */
  readonly mode: TfjsBackendName;
  /** Of what is stored between kernels. WebGL without float32 textures has 11 bits of precision, and no value above 65504. */
  readonly precision: 'float32' | 'float16';
  /** Threads of the wasm backend. */
  readonly threads?: number;
  /** The graphics processor, where the browser says. */
  readonly adapter?: string;
}

/** What TensorFlow.js' backends know of themselves; none of it is promised. */
interface BackendInternals {
  readonly wasm?: { readonly tfjs?: { readonly getThreadsCount?: () => number } };
  readonly gpgpu?: { readonly gl?: WebGLRenderingContext };
  readonly adapterInfo?: { readonly [name: string]: unknown };
}

function adapterOf({ gpgpu, adapterInfo }: BackendInternals): string | undefined {
  if (gpgpu?.gl) {
    const { gl } = gpgpu;
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  }
  if (!adapterInfo) return undefined;
  const said = ['vendor', 'architecture', 'device', 'description']
    .map((name) => adapterInfo[name])
    .filter((value) => typeof value === 'string' && value !== '');
  return said.length === 0 ? undefined : said.join(' ');
}

/** Whether WebGL keeps values as 16 bits. */
function isHalf(tf: TensorFlow): boolean {
  const flags = tf.env();
  return (
    !flags.getBool('WEBGL_RENDER_FLOAT32_ENABLED') || flags.getBool('WEBGL_FORCE_F16_TEXTURES')
  );
}

/** Describes the current backend of TensorFlow.js. */
export function describeBackend(tf: TensorFlow, mode: TfjsBackendName): TfjsDescription {
  const internals = tf.backend() as BackendInternals;
  const threads = internals.wasm?.tfjs?.getThreadsCount?.();
  const adapter = adapterOf(internals);
  return {
    runtime: { name: 'TensorFlow.js', version: tf.version_core },
    mode,
    precision: mode === 'webgl' && isHalf(tf) ? 'float16' : 'float32',
    ...(mode === 'wasm' && threads !== undefined ? { threads: Math.max(threads, 1) } : {}),
    ...(adapter === undefined ? {} : { adapter }),
  };
}
