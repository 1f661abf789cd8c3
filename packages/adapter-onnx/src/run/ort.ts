/** What is used of ONNX Runtime; `onnxruntime-node` and `onnxruntime-web` both have it. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    readonly create: (model: Uint8Array, options?: never) => Promise<OrtSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OrtTensor;
  readonly env: {
    readonly versions?: { readonly node?: string | undefined; readonly web?: string | undefined };
    readonly wasm?: { readonly numThreads?: number | undefined };
  };
}

export interface OrtTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
  readonly type: string;
  readonly dispose?: () => void;
}

export interface OrtSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** The type of each input, as `float16`; older runtimes do not say. */
  readonly inputMetadata?: readonly { readonly type?: string }[];
  readonly run: (
    feeds: Readonly<Record<string, OrtTensor>>,
  ) => Promise<Readonly<Record<string, OrtTensor>>>;
  readonly release: () => Promise<void>;
}
