import { effect } from '@preact/signals-core';
import type { Target } from '@patternlens/core';
import { isCancelled, sentFailure } from '../compute/call-failure.js';
import type { MethodFacts } from '../compute/model-facts.js';
import type { App } from '../state/app.js';
import type { OpenedModel, OpenedPatterns } from '../state/app-state.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { MethodResult } from '../state/method-result.js';
import type { Sample } from '../state/samples.js';
import type { BackendId } from '../compute/backend-ids.js';
import { refusalOf } from './refusal.js';
import { explainedBefore, type Kept } from './kept-explanations.js';
import { parseTarget } from './target.js';

/** Everything that an explanation depends on but its method. */
export interface Context {
  /** Tells one from another. */
  readonly key: string;
  readonly model: OpenedModel;
  readonly patterns: OpenedPatterns | undefined;
  readonly sample: Sample;
  readonly target: Target;
  readonly backend: BackendId;
}

/** What is to be explained now; undefined until there is a model and a sample. */
export function contextOf({ state }: App): Context | undefined {
  const model = state.model.value;
  const current = state.sample.value;
  if (!model || !current) return undefined;
  const target = parseTarget(state.target.value, model.labels);
  if (target === undefined) return undefined;
  const patterns = state.patterns.value;
  const backend = state.backend.value;
  const key = JSON.stringify([
    model.facts.key,
    current.set.key,
    current.index,
    target,
    patterns?.key ?? null,
    backend,
  ]);
  return { key, model, patterns, sample: current.sample, target, backend };
}

function setResult({ state }: App, text: string, change: Partial<MethodResult>): void {
  const before = state.results.peek().get(text);
  if (!before) return;
  state.results.value = new Map(state.results.peek()).set(text, { ...before, ...change });
}

/** A method that can't be asked for: unknown, refused by a layer, or without the patterns that it needs. */
const refused = (context: Context, method: ChosenMethod): string | undefined =>
  refusalOf(method, context.model.facts.methods, context.patterns !== undefined);

/** Marks what is to come, and keeps what was there: the map before stays until the new one is there. */
function plan(app: App, context: Context, kept: Kept): ChosenMethod[] {
  const { state } = app;
  const before = state.results.peek();
  const next = new Map<string, MethodResult>();
  const missing: ChosenMethod[] = [];
  for (const method of state.methods.peek()) {
    const { text } = method;
    const old = before.get(text);
    const base = { context: context.key, backend: context.backend };
    const known = kept.get(context.key, text);
    const reason = refused(context, method);
    if (reason !== undefined) next.set(text, { ...base, status: 'refused', reason });
    else if (old?.context === context.key && old.status !== 'pending') next.set(text, old);
    else if (known) next.set(text, { ...base, status: 'done', of: context.key, ...known });
    else {
      const shown = { explanation: old?.explanation, of: old?.of };
      next.set(text, { ...base, status: 'pending', ...shown });
      missing.push(method);
    }
  }
  state.results.value = next;
  return missing;
}

/** Takes the output of the first explanation that is of the output itself, so that the prediction needs no run of its own. */
function tellOutput(
  { state }: App,
  context: Context,
  result: Pick<MethodResult, 'explanation'>,
): void {
  const { explanation } = result;
  const isInner = typeof context.target === 'object' && 'layer' in context.target;
  if (explanation && !isInner)
    state.output.value = { of: outputKey(context), value: explanation.output };
}

/** What the model's output depends on. */
export const outputKey = ({ key }: Pick<Context, 'key'>): string => {
  const [model, set, index] = JSON.parse(key) as unknown[];
  return JSON.stringify([model, set, index]);
};

async function runOne(
  app: App,
  context: Context,
  method: ChosenMethod,
  { kept, signal }: { readonly kept: Kept; readonly signal: AbortSignal },
): Promise<void> {
  const { engine, state } = app;
  const { text, id, parameters } = method;
  const tell = (change: Partial<MethodResult>): void => {
    if (contextOf(app)?.key === context.key) setResult(app, text, change);
  };
  try {
    const client = await engine.ready(context.backend, context.model.files, context.patterns);
    const { explanation, ms, runs } = await client.call(
      'explain',
      { method: id, parameters, inputs: context.sample.inputs, target: context.target },
      {
        signal,
        onProgress: (progress) => {
          tell({ progress: progress as NonNullable<MethodResult['progress']> });
        },
      },
    );
    state.runs.value += runs;
    kept.keep(context.key, text, { explanation, ms });
    tell({ status: 'done', explanation, ms, of: context.key, progress: undefined });
    tellOutput(app, context, { explanation });
  } catch (thrown) {
    if (isCancelled(thrown)) tell({ status: 'cancelled' });
    else {
      const { sentence, cause } = sentFailure(thrown);
      tell({ status: 'failed', reason: sentence, cause, explanation: undefined });
    }
  }
}

/** The model's output by the forward pass alone, where no explanation told it. */
async function predictAlone(app: App, context: Context, signal: AbortSignal): Promise<void> {
  const { engine, state } = app;
  if (state.output.peek()?.of === outputKey(context)) return;
  try {
    const client = await engine.ready(context.backend, context.model.files, context.patterns);
    const value = await client.call('predict', context.sample.inputs, { signal });
    state.output.value = { of: outputKey(context), value };
  } catch (thrown) {
    if (isCancelled(thrown)) return;
    const { code, sentence, cause } = sentFailure(thrown);
    state.trouble.value = { code, sentence, cause };
  }
}

/** Methods in the order in which they run: quick ones first, those of many programs last. */
function inOrder(missing: readonly ChosenMethod[], facts: readonly MethodFacts[]): ChosenMethod[] {
  const isDriver = ({ id }: ChosenMethod): boolean =>
    facts.find((method) => method.id === id)?.isDriver ?? false;
  return [...missing].sort((a, b) => Number(isDriver(a)) - Number(isDriver(b)));
}

/** Explains what is chosen, whenever that changes: one method after the other, the newest request first of all. Returns how to cancel what runs. */
export function explainCurrent(app: App): { readonly cancel: () => void } {
  const { state } = app;
  const kept = explainedBefore();
  let running = new AbortController();
  let runningFor: string | undefined;
  const work = async (context: Context, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const missing = inOrder(
        state.methods.peek().filter(({ text }) => {
          const result = state.results.peek().get(text);
          return result?.status === 'pending' && result.context === context.key;
        }),
        context.model.facts.methods,
      );
      const [next] = missing;
      if (!next || signal.aborted) break;
      await runOne(app, context, next, { kept, signal });
    }
    if (!signal.aborted) await predictAlone(app, context, signal);
    if (runningFor === context.key && !signal.aborted) runningFor = undefined;
  };
  effect(() => {
    const context = contextOf(app);
    // Ticking a method is a reason to look again too.
    void state.methods.value;
    if (!context) return;
    const missing = plan(app, context, kept);
    const first = [...state.results.peek().values()].find(({ status }) => status === 'done');
    if (first) tellOutput(app, context, first);
    if (runningFor === context.key) return;
    running.abort();
    if (missing.length === 0 && state.output.peek()?.of === outputKey(context)) {
      runningFor = undefined;
      return;
    }
    running = new AbortController();
    runningFor = context.key;
    void work(context, running.signal);
  });
  return {
    cancel: () => {
      running.abort();
      runningFor = undefined;
      for (const [text, { status }] of state.results.peek())
        if (status === 'pending') setResult(app, text, { status: 'cancelled' });
    },
  };
}
