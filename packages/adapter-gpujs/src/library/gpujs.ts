/** What is used of gpu.js. */
export interface GpuJsModule {
  readonly GPU: GpuJsConstructor;
}

interface GpuJsConstructor {
  new (settings: { readonly mode: string }): GpuJs;
  readonly isWebGL2Supported?: boolean;
  readonly isWebGPUSupported?: boolean;
  readonly isWebAssemblySupported?: boolean;
  readonly isWebGPUAvailable?: () => Promise<boolean>;
}

export interface GpuJs {
  readonly createKernel: (source: string, settings: KernelSettings) => GpuJsKernel;
  readonly destroy: () => Promise<void>;
  /** All kernels that were made; those of some modes stay when they are destroyed. */
  readonly kernels: unknown[];
}

interface KernelSettings {
  readonly output: readonly number[];
  readonly pipeline: boolean;
  readonly immutable: boolean;
  readonly precision: 'single';
  readonly tactic?: 'precision';
  readonly loopMaxIterations: number;
  readonly fixIntegerDivisionAccuracy?: boolean;
}

export interface GpuJsKernel {
  (...values: readonly unknown[]): unknown;
  readonly destroy: () => void;
  /** The kernel behind the function; it is another one when gpu.js has fallen back. */
  readonly kernel: {
    readonly constructor: { readonly mode?: string };
    readonly fallbackReason?: string | null;
    readonly context?: unknown;
    /** WebGL: the corners of the rectangle that is drawn. */
    buffer?: unknown;
  };
}

/** A value that stays on the device. */
export interface DeviceValue {
  readonly toArray: () => unknown;
  readonly delete: () => void;
}
