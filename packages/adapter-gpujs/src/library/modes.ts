import type { Dialect } from '../source/kernel-text.js';

/** Where gpu.js computes: on the processor in plain JavaScript or WebAssembly, or on the graphics device. */
export type GpujsMode = 'cpu' | 'wasm' | 'webgl2' | 'webgpu';

export interface ModeDefinition {
  /** The mode as gpu.js calls it. */
  readonly gpujsName: string;
  /** What its kernels say they are. */
  readonly reported: string;
  /** Whether values are textures or buffers of a device. */
  readonly isDevice: boolean;
  /** Of what is stored between kernels; in plain JavaScript sums are taken in float64. */
  readonly precision: 'float32';
  readonly dialect: Dialect;
  /** What is missing where it can't start, and what to do. */
  readonly missing: string;
}

const shader: Dialect = { isDouble: false, truncates: false, hasFullMath: false };

export const MODES: Readonly<Record<GpujsMode, ModeDefinition>> = {
  cpu: {
    gpujsName: 'cpu',
    reported: 'cpu',
    isDevice: false,
    precision: 'float32',
    dialect: { isDouble: true, truncates: true, hasFullMath: true },
    missing:
      'Kernels are made with new Function: a Content-Security-Policy has to allow "unsafe-eval"',
  },
  wasm: {
    gpujsName: 'webasm',
    reported: 'webasm',
    isDevice: false,
    precision: 'float32',
    dialect: { isDouble: false, truncates: true, hasFullMath: true },
    missing:
      'WebAssembly is not available here; a Content-Security-Policy has to allow "wasm-unsafe-eval". Use mode "cpu"',
  },
  webgl2: {
    gpujsName: 'webgl2',
    reported: 'gpu',
    isDevice: true,
    precision: 'float32',
    dialect: shader,
    missing: 'WebGL2 with float32 textures is not available here. Use mode "wasm" or "cpu"',
  },
  webgpu: {
    gpujsName: 'webgpu',
    reported: 'webgpu',
    isDevice: true,
    precision: 'float32',
    dialect: shader,
    missing:
      'WebGPU, or an adapter for it, is not available here. Use mode "webgl2", "wasm" or "cpu"',
  },
};
