import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions, type OptionKinds } from '../arguments/check-options.js';
import { namingAwait } from '../arguments/unawaited.js';
import { BACKEND } from '../backend/backend-kind.js';
import type { Backend, Executable } from '../backend/backend.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { type CancelSignal, throwIfCancelled } from '../errors/throw-if-cancelled.js';
import { resolveMethod } from '../methods/resolve-method.js';
import { explainedName, layerNamed, type Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import {
  RESOLVE_KINDS,
  type ResolvedNetwork,
  resolveGiven,
  type ResolveOptions,
} from '../plugins/resolve-network.js';
import { firstNotFinite } from '../tensor/check-finite.js';
import { type ModelInput, readRecord, type TensorRecord } from '../tensor/tensor-record.js';
import { modelLayout, samplesFirst as withSamplesFirst } from '../tensor/model-layout.js';
import { tensor } from '../tensor/tensor.js';
import { isTracedDriver, traceResolvedDriver } from '../tracing/trace-driver.js';
import { type TracedMethod, traceResolved } from '../tracing/trace-method.js';
import { TRACE_KINDS, type TraceChoices } from '../tracing/trace-options.js';
import { checkInputs } from './check-inputs.js';
import { diagnose } from './diagnose.js';
import { type DriveOptions, type ExplainProgress, INTERNAL_BATCH } from './drivers/drive.js';
import { explainDriven } from './explain-driven.js';
import type { Explanation, Recipe } from './explanation.js';
import {
  checkTarget,
  isChannelTarget,
  isLayerTarget,
  type Target,
  targetAt,
  targetInputs,
} from './target.js';
import { type Untold, Warner } from './warnings/warner.js';

/** How to explain: the method and what it needs, the backend, and what to do to the network before (`ResolveOptions`, for a network that is not resolved). */
export interface ExplainerOptions
  extends
    ResolveOptions,
    Omit<
      TraceChoices,
      'layer' | 'channels' | 'gates' | 'layerValues' | 'layerRelevance' | 'layerSums'
    > {
  /** Runs the programs. It stays the caller's: disposing of the explainer does not dispose of it. */
  readonly backend: Backend;
  /** Inputs that a driver (Integrated Gradients, SmoothGrad, occlusion) runs at once. Default 8. */
  readonly internalBatch?: number | undefined;
}

/** What can be chosen of one explanation. */
export interface ExplainOptions {
  /** What to explain. Default `'top'`, the largest value of the explained output, sample by sample. */
  readonly target?: Target | undefined;
  /** Checked before every run of a program. */
  readonly signal?: CancelSignal | undefined;
  /** The samples are at axis 0 of every input, as sources of samples give them, and are to be so in the relevance, also where the model's own layout has them elsewhere. */
  readonly samplesFirst?: boolean | undefined;
  /** Called after every run of a program: many times for a driver, once for other methods. */
  readonly onProgress?: ((progress: ExplainProgress) => void) | undefined;
}

/** Explains batches with one method on one backend. Programs are traced and compiled once, a further one for each layer whose neurons are explained, and one for channels. */
export interface Explainer extends AsyncDisposable {
  /** The network that is explained, in its canonical form. */
  readonly network: ResolvedNetwork;
  /** Explains a batch of inputs in the model's own layout, `[N, ...]` unless the model has its batch elsewhere; so is the relevance. They are a tensor, or a record of
   * tensors by input name; tensors of TensorFlow.js and of ONNX Runtime and arrays of arrays are converted.
   * @throws PatternLensError `invalid-argument` for inputs that are missing, targets out of range, unknown layers, or an explainer that was disposed of;
   * `invalid-shape` for inputs that do not fit; `not-finite` for inputs or results that are not finite, naming the first such layer; `cancelled`; `backend-failed`. */
  readonly explain: (inputs: ModelInput, options?: ExplainOptions) => Promise<Explanation>;
  /** Frees the compiled programs. */
  readonly dispose: () => Promise<void>;
}

/** What of a network a program explains: neurons of its output, unless said otherwise. */
type Part = Pick<TraceChoices, 'layer' | 'channels'>;

interface Compiled {
  readonly traced: TracedMethod;
  readonly executable: Executable;
  readonly warner: Warner;
}

/** What a traced method's program is run with. */
function givenOf(
  { ports, network, explainedShape }: TracedMethod,
  inputs: TensorRecord,
  target: Target,
): TensorRecord {
  const batch = inputs[network.inputs[0]!.name]!.shape[0]!;
  const chosen = targetInputs(target, batch, explainedShape);
  const given: TensorRecord = { ...inputs, [ports.target]: tensor(chosen.target, [batch]) };
  return ports.channel === undefined
    ? given
    : { ...given, [ports.channel]: tensor(chosen.channel, [batch]) };
}

async function explainTraced(
  { traced, executable }: Compiled,
  backend: Backend,
  inputs: TensorRecord,
  given: TensorRecord,
): Promise<Untold> {
  const { ports, network, method } = traced;
  const batch = inputs[network.inputs[0]!.name]!.shape[0]!;
  const results = await executable.run(given);
  const relevanceByInput = Object.fromEntries(
    [...ports.relevance].map(([input, name]) => [input, results[name]!]),
  );
  const bad = Object.entries({ ...relevanceByInput, output: results[ports.output]! }).find(
    ([, value]) => firstNotFinite(value) >= 0,
  );
  if (bad)
    await diagnose(
      network,
      backend,
      inputs,
      bad[0] === 'output' ? 'the output' : `${method.id}: the relevance of input "${bad[0]}"`,
    );
  const perSample = (name: string): number[] => Array.from(results[name]!.data);
  return {
    relevance: relevanceByInput[network.inputs[0]!.name]!,
    relevanceByInput,
    output: results[ports.output]!,
    targets: perSample(ports.targetUsed).map((index) => targetAt(traced, index)),
    explained: perSample(ports.explained),
    starts: perSample(ports.start),
    exponents: perSample(ports.exponent),
    sums: Array.from({ length: batch }, (_, sample) =>
      Object.values(relevanceByInput).reduce(
        (total, { data }) => total + sumOf(data, sample, batch),
        0,
      ),
    ),
  };
}

function recipeOf(
  { network, method, rules, plugins, start, layer, remarks, patternSamples }: TracedMethod,
  backend: Backend,
): Recipe {
  return {
    method: method.id,
    parameters: method.parameters,
    ...(layer === undefined ? { explainedOutput: explainedName(network) } : {}),
    group: method.group,
    start,
    ...(rules.length === 0 ? {} : { rules }),
    ...(plugins.length === 0 ? {} : { plugins }),
    backend: backend.id,
    changes: network.changes,
    ...(remarks.length === 0 ? {} : { remarks }),
    ...(patternSamples === undefined ? {} : { patternSamples }),
  };
}

async function explainWith(
  compiled: Compiled,
  backend: Backend,
  inputs: TensorRecord,
  target: Target,
  options: DriveOptions,
): Promise<Omit<Explanation, 'recipe'>> {
  const { traced, executable, warner } = compiled;
  checkInputs(traced.network, inputs);
  if (isTracedDriver(traced)) {
    const driven = await explainDriven(traced, executable, backend, inputs, target, options);
    return { ...driven, warnings: await warner.warningsOf(inputs, driven) };
  }
  throwIfCancelled(options.signal, 'core', () => 'explaining was cancelled.', {
    method: traced.method.id,
  });
  const given = givenOf(traced, inputs, target);
  const explanation = await explainTraced(compiled, backend, inputs, given);
  const done = explanation.targets.length;
  options.onProgress?.({ done, total: done });
  return { ...explanation, warnings: await warner.warningsOf(given, explanation) };
}

function sumOf(data: Float32Array | Float64Array, sample: number, batch: number): number {
  const each = data.length / batch;
  let sum = 0;
  for (let at = sample * each; at < (sample + 1) * each; at++) sum += data[at]!;
  return sum;
}

const { method, patterns, start, composite } = TRACE_KINDS;

const EXPLAINER_KINDS: OptionKinds<ExplainerOptions> = {
  ...RESOLVE_KINDS,
  ...{ method, patterns, start, composite },
  backend: BACKEND,
  internalBatch: expects.whole(1),
};

const EXPLAIN_KINDS: OptionKinds<ExplainOptions> = {
  target: expects.anything,
  signal: expects.signal,
  onProgress: expects.call,
  samplesFirst: expects.flag,
};

/** Makes an explainer for a network: traces the method, compiles it on the backend, and keeps both.
 * @throws PatternLensError `unsupported-layer` naming the layers that the method has no rule for; `missing-pattern` or `pattern-mismatch` where patterns
 * are needed or were fitted for another network; `invalid-argument` for an unknown method or parameter; `invalid-plugin`; errors of the backend. */
export const createExplainer = (network: Network, options: ExplainerOptions): Promise<Explainer> =>
  namingAwait(
    makeExplainer(network, options),
    'core',
    ['explain', 'network', 'dispose'],
    'createExplainer returns a promise. Write const explainer = await createExplainer(network, options).',
  );

async function makeExplainer(network: Network, options: ExplainerOptions): Promise<Explainer> {
  checkArgument('core', 'createExplainer: network', network, NETWORK);
  checkOptions('core', 'createExplainer', options, EXPLAINER_KINDS);
  const { backend, internalBatch = INTERNAL_BATCH, ...trace } = options;
  const resolved = resolveGiven(network, options);
  const isDriver = resolveMethod(options.method, resolved.extensions.methods).driver !== undefined;
  const compiled = new Map<string, Promise<Compiled>>();
  let isDisposed = false;
  const make = async (part: Part): Promise<Compiled> => {
    const traced = (isDriver ? traceResolvedDriver : traceResolved)(resolved, {
      ...trace,
      ...part,
    });
    const traceSums = (): TracedMethod =>
      traceResolved(resolved, { ...trace, ...part, layerSums: true });
    return {
      traced,
      executable: await backend.compile(traced.program),
      warner: new Warner(traced, backend, traceSums),
    };
  };
  const compile = (part: Part): Promise<Compiled> => {
    const key = JSON.stringify([part.layer, part.channels]);
    const before = compiled.get(key);
    if (before) return before;
    // Kept while it is under way, so that two calls at once compile once; a failure is not kept.
    const made = make(part).catch((cause: unknown) => {
      compiled.delete(key);
      throw cause;
    });
    compiled.set(key, made);
    return made;
  };
  const dispose = async (): Promise<void> => {
    isDisposed = true;
    const open = [...compiled.values()];
    compiled.clear();
    for (const made of await Promise.allSettled(open))
      if (made.status === 'fulfilled') {
        await made.value.warner.dispose();
        await made.value.executable.dispose();
      }
  };
  const { traced } = await compile({});
  return {
    network: traced.network,
    dispose,
    [Symbol.asyncDispose]: dispose,
    explain: async (inputs, options = {}) => {
      checkOptions('core', 'explain', options, EXPLAIN_KINDS);
      const { target = 'top', signal, onProgress, samplesFirst = false } = options;
      checkTarget(target);
      if (isDisposed)
        throw new PatternLensError(
          'core',
          'invalid-argument',
          'the explainer has been disposed of.',
        );
      const layer = isLayerTarget(target) ? layerNamed(resolved, target.layer).name : undefined;
      const channels = isChannelTarget(target) ? true : undefined;
      const compiledNow = await compile({ layer, channels });
      const given = await readRecord(resolved, inputs);
      const record = samplesFirst ? given : withSamplesFirst(resolved, given);
      const explanation = await explainWith(compiledNow, backend, record, target, {
        internalBatch,
        signal,
        onProgress,
      });
      const recipe = recipeOf(compiledNow.traced, backend);
      if (samplesFirst) return { ...explanation, recipe };
      const relevanceByInput = modelLayout(resolved, explanation.relevanceByInput);
      const relevance = relevanceByInput[resolved.inputs[0]!.name]!;
      return { ...explanation, relevance, relevanceByInput, recipe };
    },
  };
}
