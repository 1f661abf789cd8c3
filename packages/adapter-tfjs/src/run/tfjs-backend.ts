import { PatternLensError, type Backend } from '@patternlens/core';
import { checkOptions, expects, type OptionKinds } from '@patternlens/core/arguments';
import { optimise, type Executable } from '@patternlens/core/backend';
import { TFJS_BACKENDS, traitsOf, type TfjsBackendName } from '../kernels/traits.js';
import { backendSwitch } from './backend-switch.js';
import { describeBackend, type TfjsDescription } from './describe.js';
import { TfjsExecutable } from './executable.js';
import { tensorFlowOf, type TensorFlow } from './tf.js';

export interface TfjsBackendOptions {
  /** TensorFlow.js, as imported: `@tensorflow/tfjs`. */
  readonly tf: unknown;
  /** The backend of TensorFlow.js; default: the one that it uses now. Those of packages of their own have to be imported. */
  readonly backend?: TfjsBackendName | undefined;
}

export interface TfjsBackend extends Backend {
  /** What really computes.
   * @throws PatternLensError `backend-unavailable` where it cannot be set up. */
  readonly describe: () => Promise<TfjsDescription>;
}

const KINDS: OptionKinds<TfjsBackendOptions> = {
  // What it has to be, and how it is imported, is said where it is opened.
  tf: expects.anything,
  backend: expects.text,
};

/** Runs programs on TensorFlow.js. A run leaves TensorFlow.js on this backend.
 * @throws PatternLensError `backend-unavailable` where what is handed in is not TensorFlow.js, or has no such backend. */
export function tfjsBackend(options: TfjsBackendOptions): TfjsBackend {
  checkOptions('adapter-tfjs', 'tfjsBackend', options, KINDS);
  // Callers without types may hand in nothing: what is missing is then said of the runtime.
  const { tf: given, backend } = { ...options };
  const tf = tensorFlowOf(given);
  const name = nameOf(tf, backend);
  const chosen = backendSwitch(tf, name);
  const traits = traitsOf(name);
  const open = new Set<Executable>();
  const enter = async (): Promise<void> => {
    await chosen.initialise();
    chosen.enter();
  };
  const dispose = async (): Promise<void> => {
    for (const executable of [...open]) await executable.dispose();
  };
  return {
    id: chosen.id,
    dispose,
    [Symbol.asyncDispose]: dispose,
    compile: async (program) => {
      await enter();
      const executable = new TfjsExecutable(tf, optimise(program), chosen, traits, open);
      try {
        executable.prepare(1);
      } catch (cause) {
        await executable.dispose();
        throw cause;
      }
      return executable;
    },
    describe: async () => {
      await enter();
      return describeBackend(tf, name);
    },
  };
}

function nameOf(tf: TensorFlow, backend: string | undefined): TfjsBackendName {
  const name = backend ?? tf.getBackend();
  const known = TFJS_BACKENDS.find((id) => id === name);
  if (known) return known;
  throw new PatternLensError(
    'adapter-tfjs',
    'backend-unavailable',
    `backend "${name}": expected one of ${TFJS_BACKENDS.join(', ')}.`,
    { backend: `tfjs:${name}` },
  );
}
