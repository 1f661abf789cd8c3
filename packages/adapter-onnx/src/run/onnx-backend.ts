import {
  messageOf,
  PatternLensError,
  type Backend,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { batchOf, optimise, type Executable, type Program } from '@patternlens/core/backend';
import { resolveShape } from '@patternlens/core/tensor';
import {
  checkOptions,
  expects,
  type Library,
  moduleBehind,
  type OptionKinds,
} from '@patternlens/core/arguments';
import type { GraphStyle } from '../write/emit/emitter.js';
import { emitProgram, portDims } from '../write/emit-program.js';
import { GraphBuilder } from '../write/graph-builder.js';
import { modelBytes } from '../write/model-bytes.js';
import { checkProvider, providersOf } from './execution-providers.js';
import { oneAtATime, type InTurn } from './one-at-a-time.js';
import type { OnnxRuntime, OrtSession, OrtTensor } from './ort.js';

export interface OnnxBackendOptions {
  /** The runtime: `onnxruntime-node` or `onnxruntime-web`, as imported. */
  readonly ort: unknown;
  /** `cpu` on Node's runtime (the default there), `wasm` (the default) or `webgpu` on the web's. */
  readonly executionProvider?: 'cpu' | 'wasm' | 'webgpu' | undefined;
  /** Which operators programs are made of; default: `blocked` on Node's runtime on x64 processors, whose kernels have a blocked layout, `shader` on WebGPU, else `plain`. */
  readonly style?: GraphStyle | undefined;
  /** Threads of Node's runtime; its own choice by default. */
  readonly threads?: number | undefined;
}

/** What really runs. */
export interface OnnxDescription {
  readonly runtime: { readonly name: string; readonly version: string };
  /** The execution provider. */
  readonly mode: 'cpu' | 'wasm' | 'webgpu';
  readonly precision: 'float32';
  /** Where they were chosen, or the runtime tells. */
  readonly threads?: number | undefined;
}

export interface OnnxBackend extends Backend {
  readonly describe: () => Promise<OnnxDescription>;
}

const KINDS: OptionKinds<OnnxBackendOptions> = {
  // What it has to be, and how it is imported, is said where it is opened.
  ort: expects.anything,
  executionProvider: expects.text,
  style: expects.oneOf(['plain', 'blocked', 'shader']),
  threads: expects.whole(1),
};

/** The graph of a program, with the program's own names for inputs and outputs replaced by plain ones. */
function programModel(
  program: Program,
  style: GraphStyle,
): { bytes: Uint8Array; outputs: ReadonlyMap<string, string> } {
  const graph = new GraphBuilder();
  const values = emitProgram(
    program,
    graph,
    (name, shape) => graph.input(portName(name), portDims(shape)),
    style,
  );
  const outputs = new Map<string, string>();
  for (const { name, value } of program.outputs) {
    const output = `out:${name}`;
    graph.node('Identity', [values.get(name)!.floats()], {}, output);
    graph.output(output, portDims(program.instructions[value]!.shape));
    outputs.set(name, output);
  }
  return { bytes: modelBytes(graph.build('program')), outputs };
}

const portName = (name: string): string => `in:${name}`;

function failed(id: string, what: string, cause: unknown): never {
  throw new PatternLensError(
    'adapter-onnx',
    'backend-failed',
    `${id}: ${what}: ${messageOf(cause)}`,
    { backend: id },
    cause,
  );
}

class OnnxExecutable implements Executable {
  readonly #program: Program;
  readonly #session: OrtSession;
  readonly #outputs: ReadonlyMap<string, string>;
  readonly #ort: OnnxRuntime;
  readonly #id: string;
  readonly #inTurn: InTurn;
  /** The backend's executables that hold memory; this one is among them until it is disposed. */
  readonly #open: Set<Executable>;

  constructor(
    program: Program,
    session: OrtSession,
    outputs: ReadonlyMap<string, string>,
    ort: OnnxRuntime,
    id: string,
    inTurn: InTurn,
    open: Set<Executable>,
  ) {
    this.#open = open;
    open.add(this);
    this.#program = program;
    this.#session = session;
    this.#outputs = outputs;
    this.#ort = ort;
    this.#id = id;
    this.#inTurn = inTurn;
  }

  readonly run = async (inputs: TensorRecord): Promise<TensorRecord> => {
    if (!this.#open.has(this))
      throw new PatternLensError(
        'adapter-onnx',
        'invalid-argument',
        `${this.#id}: the program has been disposed of, or its backend. Compile it again, or make the explainer anew.`,
        { backend: this.#id },
      );
    const batch = batchOf(this.#program, inputs);
    const feeds: Record<string, OrtTensor> = {};
    for (const { name } of this.#program.inputs) {
      const { data, shape } = inputs[name]!;
      feeds[portName(name)] = new this.#ort.Tensor(
        'float32',
        data instanceof Float32Array ? data : Float32Array.from(data),
        shape,
      );
    }
    let results: Readonly<Record<string, OrtTensor>>;
    try {
      results = await this.#inTurn(() => this.#session.run(feeds));
    } catch (cause) {
      return failed(this.#id, 'the runtime could not run the program', cause);
    }
    return Object.fromEntries(
      this.#program.outputs.map(({ name, value }) => {
        const result = results[this.#outputs.get(name)!]!;
        const tensor: Tensor = {
          data: result.data as Float32Array,
          shape: resolveShape(this.#program.instructions[value]!.shape, batch),
        };
        return [name, tensor];
      }),
    );
  };

  readonly dispose = async (): Promise<void> => {
    if (!this.#open.delete(this)) return;
    await this.#inTurn(() => this.#session.release());
  };

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

/** Runs programs on ONNX Runtime, each compiled to one graph of standard operators.
 * @throws PatternLensError `backend-unavailable` where what is handed in is not the runtime. */
export function onnxBackend(options: OnnxBackendOptions): OnnxBackend {
  checkOptions('adapter-onnx', 'onnxBackend', options, KINDS);
  const { ort, sessionOptions, id, style, provider, inTurn, threads } = runtimeOf(options);
  const open = new Set<Executable>();
  const dispose = async (): Promise<void> => {
    for (const executable of [...open]) await executable.dispose();
  };
  return {
    id,
    dispose,
    [Symbol.asyncDispose]: dispose,
    describe: () => Promise.resolve(describe(ort, provider, threads)),
    compile: async (program) => {
      const small = optimise(program);
      const { bytes, outputs } = programModel(small, style);
      let session: OrtSession;
      try {
        session = await inTurn(() => ort.InferenceSession.create(bytes, sessionOptions as never));
      } catch (cause) {
        return failed(id, 'the runtime could not load the program', cause);
      }
      return new OnnxExecutable(small, session, outputs, ort, id, inTurn, open);
    },
  };
}

const styleFor = (provider: 'cpu' | 'wasm' | 'webgpu'): GraphStyle => {
  if (provider === 'webgpu') return 'shader';
  return provider === 'cpu' && isX64() ? 'blocked' : 'plain';
};

function describe(
  { env }: OnnxRuntime,
  mode: OnnxDescription['mode'],
  given: number | undefined,
): OnnxDescription {
  const { node, web } = env.versions ?? {};
  // The web's runtime sets its number of threads when it starts; 0 until then.
  const threads = mode === 'cpu' ? given : env.wasm?.numThreads;
  return {
    runtime:
      node === undefined
        ? { name: 'onnxruntime-web', version: web ?? 'unknown' }
        : { name: 'onnxruntime-node', version: node },
    mode,
    precision: 'float32',
    ...(threads === undefined || threads === 0 ? {} : { threads }),
  };
}

/** Whether this is Node on an x64 processor. */
const isX64 = (): boolean =>
  (globalThis as { process?: { arch?: string } }).process?.arch === 'x64';

const ONNX_RUNTIME: Library<OnnxRuntime> = {
  scope: 'adapter-onnx',
  where: 'ort',
  backend: 'onnx',
  called: 'ONNX Runtime',
  write: 'import * as ort from "onnxruntime-node" (or "onnxruntime-web"), and onnxBackend({ ort })',
  awaited: 'onnxBackend({ ort: await import("onnxruntime-node") })',
  is: ({ InferenceSession, Tensor }) => InferenceSession !== undefined && Tensor !== undefined,
};

/** The runtime behind what was imported, as a namespace or by its default export, and how it is to be used.
 * @throws PatternLensError `backend-unavailable` where it is something else. */
export function runtimeOf(options: OnnxBackendOptions): {
  ort: OnnxRuntime;
  sessionOptions: object;
  id: string;
  style: GraphStyle;
  provider: OnnxDescription['mode'];
  /** WebGPU does one thing after the other; the others need not wait. */
  inTurn: InTurn;
  threads: number | undefined;
} {
  // Callers without types may hand in nothing: what is missing is then said of the runtime.
  const { ort: given, executionProvider, threads, style } = { ...options };
  const ort = moduleBehind(given, ONNX_RUNTIME);
  const onNode = ort.env.versions?.node !== undefined;
  const provider = executionProvider ?? (onNode ? 'cpu' : 'wasm');
  checkProvider(provider, providersOf(ort));
  return {
    ort,
    provider,
    threads,
    inTurn: (begin) => (provider === 'webgpu' ? oneAtATime(ort.InferenceSession, begin) : begin()),
    id: `onnx:${provider === 'cpu' ? 'node' : provider}`,
    style: style ?? styleFor(provider),
    sessionOptions: {
      executionProviders: [provider],
      logSeverityLevel: 3,
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    },
  };
}
