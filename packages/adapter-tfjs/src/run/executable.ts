import { messageOf, PatternLensError, type Tensor, type TensorRecord } from '@patternlens/core';
import { batchOf, type Executable, type Program } from '@patternlens/core/backend';
import { lowerProgram } from '../kernels/lower-program.js';
import type { Traits } from '../kernels/traits.js';
import { inLogicalOrder } from '../layout/host-layout.js';
import { play, playable, Uploads, type Playable } from '../tape/replay.js';
import type { BackendSwitch } from './backend-switch.js';
import { watched } from './gpu-errors.js';
import type { TensorFlow } from './tf.js';

/** Batch sizes whose tapes are kept; their constants are shared. */
const KEPT_TAPES = 8;

/** A program on TensorFlow.js: a tape for every batch size that it has been run with. */
export class TfjsExecutable implements Executable {
  readonly #tf: TensorFlow;
  readonly #program: Program;
  readonly #backend: BackendSwitch;
  readonly #traits: Traits;
  readonly #uploads: Uploads;
  readonly #tapes = new Map<number, Playable>();
  /** The backend's executables that hold memory; this one is among them until it is disposed. */
  readonly #open: Set<Executable>;

  constructor(
    tf: TensorFlow,
    program: Program,
    backend: BackendSwitch,
    traits: Traits,
    open: Set<Executable>,
  ) {
    this.#tf = tf;
    this.#program = program;
    this.#backend = backend;
    this.#traits = traits;
    this.#uploads = new Uploads(tf);
    this.#open = open;
    open.add(this);
  }

  /** Writes and uploads what a run of a batch size needs. TensorFlow.js has to be on the backend. */
  prepare(batch: number): Playable {
    const known = this.#tapes.get(batch);
    if (known) return known;
    const made = playable(lowerProgram(this.#program, batch, this.#traits), this.#uploads);
    if (this.#tapes.size === KEPT_TAPES) this.#tapes.delete(this.#tapes.keys().next().value!);
    this.#tapes.set(batch, made);
    return made;
  }

  readonly run = async (inputs: TensorRecord): Promise<TensorRecord> => {
    const { id } = this.#backend;
    if (!this.#open.has(this)) {
      throw new PatternLensError(
        'adapter-tfjs',
        'invalid-argument',
        `${id}: the executable has been disposed. Compile the program again.`,
        { backend: id },
      );
    }
    const batch = batchOf(this.#program, inputs);
    // From here to the last kernel nothing else can run: the backend of TensorFlow.js stays the one that was set.
    this.#backend.enter();
    const ready = this.prepare(batch);
    const { value: results, fault } = watched(this.#tf, () => play(this.#tf, ready, inputs, id));
    const constants = new Set(ready.constants.values());
    try {
      const said = await fault;
      if (said !== undefined) throw new Error(said);
      const named = ready.tape.outputs.map(
        async ({ name, shape, order }, at): Promise<[string, Tensor]> => {
          // What is read may be a view of the backend's own memory: it is copied.
          const read = (await results[at]!.data()) as Float32Array;
          return [name, { data: inLogicalOrder(read, shape, order), shape }];
        },
      );
      return Object.fromEntries(await Promise.all(named));
    } catch (cause) {
      throw new PatternLensError(
        'adapter-tfjs',
        'backend-failed',
        `${id}: the program did not run to its end: ${messageOf(cause)}`,
        { backend: id },
        cause,
      );
    } finally {
      for (const tensor of results) if (!constants.has(tensor)) tensor.dispose();
    }
  };

  readonly dispose = (): Promise<void> => {
    if (this.#open.delete(this)) this.#uploads.dispose();
    this.#tapes.clear();
    return Promise.resolve();
  };

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
