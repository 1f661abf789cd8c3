import { type Library, moduleBehind } from '@patternlens/core/arguments';

/** What kernels see of a tensor: its data under a shape. */
export interface TfView {
  readonly dataId: object;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** A tensor of TensorFlow.js, which it counts until it is disposed. */
export interface TfTensor extends TfView {
  readonly data: () => Promise<unknown>;
  readonly dispose: () => void;
}

export type TfInputs = Readonly<Record<string, TfView>> | readonly TfView[];

/** What is used of TensorFlow.js. */
export interface TensorFlow {
  readonly engine: () => {
    readonly runKernel: (name: string, inputs: TfInputs, attributes: object) => TfTensor;
    readonly startScope: () => void;
    readonly endScope: (result?: readonly TfTensor[]) => void;
  };
  readonly setBackend: (name: string) => Promise<boolean>;
  readonly getBackend: () => string;
  readonly findBackendFactory: (name: string) => unknown;
  readonly backend: () => unknown;
  readonly env: () => {
    readonly getBool: (flag: string) => boolean;
    readonly getNumber: (flag: string) => number;
  };
  readonly tensor: (
    values: Float32Array | Int32Array,
    shape: readonly number[],
    dtype: 'float32' | 'int32',
  ) => TfTensor;
  readonly memory: () => { readonly numTensors: number; readonly numBytes: number };
  readonly version_core: string;
}

const TENSORFLOW: Library<TensorFlow> = {
  scope: 'adapter-tfjs',
  where: 'tf',
  backend: 'tfjs',
  called: 'TensorFlow.js',
  write: 'import * as tf from "@tensorflow/tfjs", and tfjsBackend({ tf })',
  awaited: 'tfjsBackend({ tf: await import("@tensorflow/tfjs") })',
  is: ({ engine, setBackend, tensor }) =>
    typeof engine === 'function' &&
    typeof setBackend === 'function' &&
    typeof tensor === 'function',
};

/** TensorFlow.js behind what was imported, as a namespace or by its default export.
 * @throws PatternLensError `invalid-argument` where there is nothing; `backend-unavailable` where it is something else. */
export const tensorFlowOf = (given: unknown): TensorFlow => moduleBehind(given, TENSORFLOW);
