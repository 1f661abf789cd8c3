import { messageOf, PatternLensError } from '@patternlens/core';
import { gpujsVersion } from './load-gpujs.js';
import type { KernelSource } from '../source/kernel-source.js';
import type { DeviceValue, GpuJs, GpuJsKernel, GpuJsModule } from './gpujs.js';
import { MODES, type GpujsMode, type ModeDefinition } from './modes.js';

/** A flat value: a typed array on the processor, else a texture or a buffer. */
export type Held = Float32Array | DeviceValue;

/** What really runs, for reports. */
export interface GpujsDescription {
  readonly runtime: { readonly name: 'gpu.js'; readonly version?: string };
  /** The mode in gpu.js' own words. */
  readonly mode: string;
  readonly precision: 'float32';
  /** The graphics device, where the browser names it. */
  readonly adapter?: string;
}

/** A kernel and how many users it has. */
export interface Kernel {
  readonly key: string;
  readonly run: GpuJsKernel;
  users: number;
  isChecked: boolean;
}

/** Typed arrays may come from another realm, so their type is not asked for. */
const isOnDevice = (value: Held): value is DeviceValue => 'toArray' in value;

/** Passes on what it reads: how a typed array gets onto the device. */
const COPY = 'function (a0) {\nreturn a0[this.thread.x];\n}';

const isWebGL2 = (context: unknown): context is WebGL2RenderingContext =>
  typeof WebGL2RenderingContext !== 'undefined' && context instanceof WebGL2RenderingContext;

/** The graphics device behind a WebGL context or a WebGPU adapter, where the browser names it. */
function adapterOf(context: unknown): string | undefined {
  if (isWebGL2(context)) {
    const names = context.getExtension('WEBGL_debug_renderer_info');
    return String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  }
  const info = (context as { adapter?: { info?: Record<string, string> } } | undefined)?.adapter
    ?.info;
  const words = info && [info['vendor'], info['architecture'], info['description']];
  return words?.filter(Boolean).join(' ');
}

/** One gpu.js in one mode: builds kernels, once each, and runs them. */
export class Device {
  readonly id: string;
  readonly mode: ModeDefinition;
  readonly #gpu: GpuJs;
  /** The graphics context of a kernel that has run. */
  #context: unknown;
  readonly #uploaders = new Map<number, Kernel>();
  readonly #kernels = new Map<string, Kernel>();

  /** @throws PatternLensError `backend-unavailable` where the mode can't start. */
  constructor({ GPU }: GpuJsModule, mode: GpujsMode) {
    this.id = `gpujs:${mode}`;
    this.mode = MODES[mode];
    try {
      this.#gpu = new GPU({ mode: this.mode.gpujsName });
    } catch (cause) {
      throw this.#unavailable(messageOf(cause), cause);
    }
  }

  async describe(): Promise<GpujsDescription> {
    const version = await gpujsVersion();
    const adapter = adapterOf(this.#context);
    return {
      runtime: { name: 'gpu.js', ...(version ? { version } : {}) },
      mode: this.mode.gpujsName,
      precision: this.mode.precision,
      ...(adapter ? { adapter } : {}),
    };
  }

  /** The kernel of a source; it is kept until each who asked for it has released it. */
  kernel({ text, size }: KernelSource): Kernel {
    const key = `${size}\n${text}`;
    let kernel = this.#kernels.get(key);
    if (!kernel) {
      kernel = { key, run: this.#create(text, size), users: 0, isChecked: false };
      this.#kernels.set(key, kernel);
    }
    kernel.users++;
    return kernel;
  }

  release(kernel: Kernel): void {
    if (--kernel.users > 0) return;
    this.#kernels.delete(kernel.key);
    const behind = kernel.run.kernel;
    // All kernels of a WebGL context draw from the corners that the last one has bound: they have to stay.
    if ('buffer' in behind) behind.buffer = null;
    kernel.run.destroy();
    // The mode `cpu` does not take kernels off the list.
    const index = this.#gpu.kernels.indexOf(behind);
    if (index >= 0) this.#gpu.kernels.splice(index, 1);
  }

  /** Runs a kernel on values in the order of its parameters.
   * @throws PatternLensError `backend-failed` where it fails or where gpu.js fell back to another mode. */
  async run(kernel: Kernel, values: readonly Held[]): Promise<Held> {
    let result: unknown;
    try {
      result = kernel.run(...values);
      if (result instanceof Promise) result = await result;
    } catch (cause) {
      if (!kernel.isChecked) this.#check(kernel);
      return this.#failed(messageOf(cause), cause);
    }
    if (!kernel.isChecked) {
      this.#check(kernel);
      kernel.isChecked = true;
      this.#context ??= kernel.run.kernel.context;
    }
    return result as Held;
  }

  /** Brings numbers onto the device; on the processor they stay what they are. */
  async upload(data: Float32Array): Promise<Held> {
    if (!this.mode.isDevice) return data;
    // What uploads so many numbers is kept: the texture or buffer would go with it.
    let kernel = this.#uploaders.get(data.length);
    if (!kernel) {
      kernel = this.kernel({ text: COPY, size: data.length });
      this.#uploaders.set(data.length, kernel);
    }
    return this.run(kernel, [data]);
  }

  /** @throws PatternLensError `backend-failed` where the device is lost. */
  async read(value: Held): Promise<Float32Array> {
    if (!isOnDevice(value)) return value;
    // A lost context reads as zeros.
    if (isWebGL2(this.#context) && this.#context.isContextLost())
      return this.#failed(
        'the graphics context was lost. Dispose the backend and make a new one, or use mode "wasm".',
        undefined,
      );
    try {
      return (await value.toArray()) as Float32Array;
    } catch (cause) {
      return this.#failed(messageOf(cause), cause);
    }
  }

  free(value: Held): void {
    if (isOnDevice(value)) value.delete();
  }

  async dispose(): Promise<void> {
    this.#kernels.clear();
    await this.#gpu.destroy();
    // gpu.js loses a context only while one of its kernels is left; browsers allow few contexts.
    if (isWebGL2(this.#context)) this.#context.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #create(text: string, size: number): GpuJsKernel {
    const { isDevice } = this.mode;
    return this.#gpu.createKernel(text, {
      output: [size],
      pipeline: isDevice,
      immutable: isDevice,
      precision: 'single',
      ...(isDevice ? { tactic: 'precision', fixIntegerDivisionAccuracy: false } : {}),
      loopMaxIterations: 1 << 30,
    });
  }

  /** What gpu.js really built: it falls back to its `cpu` mode where a kernel does not suit it. */
  #check({ run }: Kernel): void {
    const { constructor, fallbackReason } = run.kernel;
    const ran = constructor.mode ?? 'unknown';
    const why = fallbackReason ? `: ${fallbackReason}` : '';
    if (ran !== this.mode.reported || fallbackReason)
      this.#failed(`gpu.js fell back to its mode "${ran}"${why}`, undefined);
  }

  #unavailable(message: string, cause: unknown): PatternLensError {
    return new PatternLensError(
      'adapter-gpujs',
      'backend-unavailable',
      `${this.id}: ${this.mode.missing} (gpu.js: ${message}).`,
      { backend: this.id },
      cause,
    );
  }

  #failed(message: string, cause: unknown): never {
    throw new PatternLensError(
      'adapter-gpujs',
      'backend-failed',
      `${this.id}: gpu.js could not run a kernel: ${message}`,
      { backend: this.id },
      cause,
    );
  }
}
