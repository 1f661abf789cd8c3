import { PatternLensError, suggestion, type Backend } from '@patternlens/core';
import { checkOptions, expects, type OptionKinds } from '@patternlens/core/arguments';
import { optimise, type Executable, type Program } from '@patternlens/core/backend';
import { Device, type GpujsDescription } from '../library/device.js';
import { loadGpujs, moduleOf } from '../library/load-gpujs.js';
import { MODES, type GpujsMode } from '../library/modes.js';
import { GpujsExecutable } from './gpujs-executable.js';
import { selfTest } from './self-test.js';

export interface GpujsBackendOptions {
  /** Where to compute; default `cpu`, which is everywhere. `availableModes` tells which others this machine has. */
  readonly mode?: GpujsMode | undefined;
  /** gpu.js, as imported; default: it is imported when the first program is compiled. */
  readonly gpujs?: unknown;
}

export interface GpujsBackend extends Backend {
  /** Starts gpu.js and says what runs.
   * @throws PatternLensError `backend-unavailable` where it can't start. */
  readonly describe: () => Promise<GpujsDescription>;
}

const KINDS: OptionKinds<GpujsBackendOptions> = {
  mode: expects.text,
  gpujs: expects.anything,
};

/** Starts a mode, and sees that it computes rightly. */
export async function startDevice(mode: GpujsMode, gpujs: unknown): Promise<Device> {
  const device = new Device(gpujs === undefined ? await loadGpujs() : moduleOf(gpujs), mode);
  try {
    await selfTest(device);
  } catch (thrown) {
    await device.dispose();
    throw thrown;
  }
  return device;
}

/** Runs programs on gpu.js, each as a list of kernels that are built once.
 * `compile` and `describe` reject with `backend-unavailable` where gpu.js is not installed or the mode can't start. */
export function gpujsBackend(options: GpujsBackendOptions = {}): GpujsBackend {
  checkOptions('adapter-gpujs', 'gpujsBackend', options, KINDS);
  const { mode = 'cpu', gpujs } = options;
  if (!Object.hasOwn(MODES, mode)) throw unknownMode(mode);
  if (gpujs !== undefined) moduleOf(gpujs);
  const open = new Set<GpujsExecutable>();
  let starting: Promise<Device> | undefined;
  const start = (): Promise<Device> => {
    starting ??= startDevice(mode, gpujs).catch((thrown: unknown) => {
      starting = undefined;
      throw thrown;
    });
    return starting;
  };
  const dispose = async (): Promise<void> => {
    for (const executable of [...open]) await executable.dispose();
    const device = await starting?.catch(() => undefined);
    starting = undefined;
    await device?.dispose();
  };
  return {
    id: `gpujs:${mode}`,
    dispose,
    [Symbol.asyncDispose]: dispose,
    compile: async (program: Program): Promise<Executable> => {
      const made = await GpujsExecutable.create(await start(), optimise(program), (self) => {
        open.delete(self);
      });
      open.add(made);
      return made;
    },
    describe: async () => (await start()).describe(),
  };
}

const unknownMode = (mode: string): PatternLensError =>
  new PatternLensError(
    'adapter-gpujs',
    'invalid-argument',
    `mode "${mode}" is not known. ${suggestion(mode, Object.keys(MODES))} Modes: ${Object.keys(MODES).join(', ')}.`,
    { backend: 'gpujs' },
  );
