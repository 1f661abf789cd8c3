import type { Program } from '../program/program.js';
import type { TensorRecord } from '../tensor/tensor-record.js';

/** A program that is ready to run. Holds memory until it is disposed. */
export interface Executable extends AsyncDisposable {
  /** Runs the program: tensors by input name to tensors by output name, all with the same batch. */
  readonly run: (inputs: TensorRecord) => Promise<TensorRecord>;
  readonly dispose: () => Promise<void>;
}

/** Compiles programs and runs them; knows nothing of rules, methods or patterns. */
export interface Backend extends AsyncDisposable {
  /** What really runs: `onnx:node`, `reference`, ... */
  readonly id: string;
  readonly compile: (program: Program) => Promise<Executable>;
  readonly dispose: () => Promise<void>;
}
