import {
  messageOf,
  canonize,
  createExplainer,
  forwardProgram,
  type Backend,
  type Method,
  type PatternSet,
  type TensorRecord,
} from '@patternlens/core';
import { asChoice } from '../arguments/parse-methods.js';
import type { OpenedModel } from '../models/open-model.js';
import { measureAgreement, type Agreement } from './agreement.js';
import { timeInTurns, type Timing } from './timing.js';

export interface MethodBench {
  readonly method: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Of the same backend's plain forward pass, timed in turns with the method. */
  readonly forward?: Timing;
  readonly time?: Timing & { readonly ratio: number };
  readonly agreement?: Agreement;
  /** Why there is no result. */
  readonly error?: string;
}

export interface BackendBench {
  readonly backend: string;
  /** What the plain forward pass is: the model file run by the runtime itself, or this program's own. */
  readonly forwardOf: 'model file' | 'own program';
  readonly methods: readonly MethodBench[];
}

export interface BenchRun {
  readonly model: OpenedModel;
  readonly methods: readonly Method[];
  readonly patterns?: PatternSet | undefined;
  /** A batch to time. */
  readonly timed: TensorRecord;
  /** Samples to compare; none where nothing is to be compared. */
  readonly compared?: TensorRecord | undefined;
  /** Timed runs; none where nothing is to be timed. */
  readonly runs: number;
  readonly onStep: (text: string) => void;
}

export interface ForwardPass {
  readonly forwardOf: BackendBench['forwardOf'];
  readonly run: (inputs: TensorRecord) => Promise<unknown>;
  readonly dispose: () => Promise<void>;
}

/** The forward pass as a program of ours, where the runtime can't run the file itself. */
export async function ownForward(model: OpenedModel, backend: Backend): Promise<ForwardPass> {
  const network = canonize(model.network, { keepOutput: true });
  const executable = await backend.compile(forwardProgram(network));
  return { forwardOf: 'own program', run: executable.run, dispose: executable.dispose };
}

async function timeMethod(
  { model, patterns, runs, timed }: BenchRun,
  method: Method,
  backend: Backend,
  forward: ForwardPass,
): Promise<Required<Pick<MethodBench, 'forward' | 'time'>>> {
  await using explainer = await createExplainer(model.network, {
    backend,
    method: asChoice(method),
    patterns,
  });
  const [plain, time] = await timeInTurns(
    runs,
    () => forward.run(timed),
    () => explainer.explain(timed),
  );
  return { forward: plain, time: { ...time, ratio: time.median / plain.median } };
}

/** Times every method on a backend against its plain forward pass, and compares it with the reference. A method that fails is a result too. */
export async function benchBackend(
  run: BenchRun,
  backend: Backend,
  forward: ForwardPass,
  reference: Backend,
): Promise<BackendBench> {
  const methods: MethodBench[] = [];
  for (const method of run.methods) {
    run.onStep(`${backend.id}  ${method.id}`);
    const named = { method: method.id, parameters: method.parameters };
    try {
      const times = run.runs > 0 ? await timeMethod(run, method, backend, forward) : {};
      const agreement =
        run.compared && backend.id !== reference.id
          ? await measureAgreement(
              run.model,
              method,
              backend,
              reference,
              run.patterns,
              run.compared,
            )
          : undefined;
      methods.push({ ...named, ...times, ...(agreement ? { agreement } : {}) });
    } catch (thrown) {
      methods.push({ ...named, error: messageOf(thrown).replace(/^\[[a-z-]+\] /, '') });
    }
  }
  return { backend: backend.id, forwardOf: forward.forwardOf, methods };
}
