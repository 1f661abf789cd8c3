import type { Program } from '../program/program.js';
import type { TensorRecord } from '../tensor/tensor-record.js';

/** A program that is ready to run. Holds memory until it is disposed. */
export interface Executable extends AsyncDisposable {
  /** Runs the program: tensors by input name to tensors by output name, all with the same batch. */
  readonly run: (inputs: TensorRecord) => Promise<TensorRecord>;
  readonly dispose: () => Promise<void>;
}

/** Compiles programs and runs them; it knows nothing of rules, methods or patterns. Packages of adapters make one: `onnxBackend`, `tfjsBackend`,
 * `gpujsBackend`, `referenceBackend`. */
export interface Backend extends AsyncDisposable {
  /** What really runs: `onnx:node`, `reference`, ... */
  readonly id: string;
  /** Makes a program ready to run.
   * @throws PatternLensError `backend-failed` or `backend-unavailable` where the runtime refuses it; `unsupported-operation` where a primitive
   * has no kernel. */
  readonly compile: (program: Program) => Promise<Executable>;
  /** Frees what the backend and its executables hold. */
  readonly dispose: () => Promise<void>;
}
