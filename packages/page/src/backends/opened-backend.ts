import type { Backend, TensorRecord } from '@patternlens/core';

/** What a backend says of itself. */
export interface BackendFacts {
  /** What really ran, in the runtime's own words: mode, provider. */
  readonly mode?: string | undefined;
  readonly runtime?: { readonly name: string; readonly version: string } | undefined;
  readonly threads?: number | undefined;
  readonly precision?: 'float64' | 'float32' | 'float16' | undefined;
}

/** A forward pass, without an explanation. */
export interface ForwardPass {
  /** What it is: the model file run by the runtime itself, or a program of PatternLens. */
  readonly forwardOf: 'model file' | 'own program';
  readonly run: (inputs: TensorRecord) => Promise<unknown>;
  readonly dispose: () => Promise<void>;
}

/** A backend that is ready, with what is known of it. */
export interface OpenedBackend {
  readonly backend: Backend;
  readonly facts: BackendFacts;
  /** The model file run by the runtime itself; default: a program of PatternLens. */
  readonly forward?: ForwardPass | undefined;
}

export interface OpenBackendOptions {
  /** Address of the folder with the runtimes' own files, with a slash at its end: `ort/` for ONNX Runtime, `tfjs-wasm/` for TensorFlow.js. */
  readonly runtimes: string;
  /** The model file, for runtimes that run it as it is. */
  readonly model?: Uint8Array | undefined;
}
