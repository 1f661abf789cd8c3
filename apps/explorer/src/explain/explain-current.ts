import { effect } from '@preact/signals-core';
import { explainFailure } from '@patternlens/page';
import { isCancelled, sentFailure, type SentFailure } from '../compute/call-failure.js';
import type { App, Explaining } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { MethodResult } from '../state/method-result.js';
import { contextOf, outputKey, type Context } from './context.js';
import { expectedTime, LONG, longSentence } from './expected-time.js';
import { explainedBefore, type Kept } from './kept-explanations.js';
import { planResults } from './plan-results.js';

/** What explaining needs of the page. */
export type Explained = Pick<App, 'state' | 'engine'>;

function setResult({ state }: Explained, text: string, change: Partial<MethodResult>): void {
  const before = state.results.peek().get(text);
  if (!before) return;
  state.results.value = new Map(state.results.peek()).set(text, { ...before, ...change });
}

/** Takes the output of the first explanation that is of the output itself, so that the prediction needs no run of its own. */
function tellOutput(
  { state }: Explained,
  context: Context,
  { explanation }: Pick<MethodResult, 'explanation'>,
): void {
  const isInner = typeof context.target === 'object' && 'layer' in context.target;
  if (explanation && !isInner && state.output.peek()?.of !== outputKey(context))
    state.output.value = { of: outputKey(context), value: explanation.output };
}

/** A failure in the words of the page, with the runtime's own behind them. */
function toldFailure(backend: string, { sentence, cause }: SentFailure) {
  const told = explainFailure(backend, {
    kind: 'failed',
    reason: sentence,
    ...(cause === undefined ? {} : { cause }),
  });
  return { reason: told.reason, cause: told.cause };
}

/** Milliseconds between two things that are told of one method. */
const BETWEEN = 80;

interface Run {
  readonly kept: Kept;
  readonly signal: AbortSignal;
}

async function runOne(
  app: Explained,
  context: Context,
  method: ChosenMethod,
  { kept, signal }: Run,
): Promise<void> {
  const { engine, state } = app;
  const { text, id, parameters } = method;
  const { modelKey, sampleKey, backend } = context;
  const tell = (change: Partial<MethodResult>): void => {
    if (state.results.peek().get(text)?.context === context.key && !signal.aborted)
      setResult(app, text, change);
  };
  let told = -Infinity;
  try {
    const client = await engine.ready(backend, context.model.files, context.patterns);
    const { explanation, ms, runs } = await client.call(
      'explain',
      { method: id, parameters, inputs: context.sample.inputs, target: context.target },
      {
        signal,
        onProgress: (progress) => {
          // Programs of small networks end faster than a page can be drawn.
          if (performance.now() - told < BETWEEN) return;
          told = performance.now();
          tell({ progress: progress as NonNullable<MethodResult['progress']> });
        },
      },
    );
    state.runs.value += runs;
    kept.keep(
      { context: context.key, method: text, model: modelKey, sample: sampleKey },
      { explanation, ms },
    );
    tell({ status: 'done', explanation, ms, of: context.key, progress: undefined });
    if (!signal.aborted) tellOutput(app, context, { explanation });
  } catch (thrown) {
    if (isCancelled(thrown)) tell({ status: 'cancelled' });
    else
      tell({
        status: 'failed',
        explanation: undefined,
        progress: undefined,
        ...toldFailure(backend, sentFailure(thrown)),
      });
  }
}

/** The model's output by the forward pass alone, where no explanation told it. */
async function predictAlone(app: Explained, context: Context, signal: AbortSignal): Promise<void> {
  const { engine, state } = app;
  if (state.output.peek()?.of === outputKey(context)) return;
  try {
    const client = await engine.ready(context.backend, context.model.files, context.patterns);
    const value = await client.call('predict', context.sample.inputs, { signal });
    if (!signal.aborted) state.output.value = { of: outputKey(context), value };
  } catch (thrown) {
    if (isCancelled(thrown) || signal.aborted) return;
    const failure = sentFailure(thrown);
    const { reason, cause } = toldFailure(context.backend, failure);
    state.trouble.value = { code: failure.code, sentence: reason, cause };
  }
}

/** The next method that waits: quick ones first, those of many programs last. */
function nextOf({ state }: Explained, context: Context): ChosenMethod | undefined {
  const isDriver = ({ id }: ChosenMethod): boolean =>
    context.model.facts.methods.find((method) => method.id === id)?.isDriver ?? false;
  const waiting = state.methods.peek().filter(({ text }) => {
    const result = state.results.peek().get(text);
    return result?.status === 'pending' && result.context === context.key;
  });
  return waiting.find((method) => !isDriver(method)) ?? waiting[0];
}

/** Explains what is chosen, whenever that changes: one method after the other, the newest request first of all. */
export function explainCurrent(app: Explained): Explaining {
  const { state } = app;
  const kept = explainedBefore();
  /** Methods that a person wants in spite of the time they take, by context. */
  const wanted = new Set<string>();
  let running = new AbortController();
  let runningFor: string | undefined;

  const isLong = (context: Context, method: ChosenMethod): boolean => {
    const facts = context.model.facts.methods.find(({ id }) => id === method.id);
    if (!facts?.isDriver || wanted.has(`${method.text} ${context.key}`)) return false;
    const ms = expectedTime(method, facts, context.model.facts, state.results.peek());
    if (ms === undefined || ms < LONG) return false;
    setResult(app, method.text, { status: 'refused', isHeld: true, reason: longSentence(ms) });
    return true;
  };
  const work = async (context: Context, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const next = nextOf(app, context);
      if (!next) {
        await predictAlone(app, context, signal);
        // A method may have been ticked in the meantime.
        if (!nextOf(app, context)) break;
      } else if (!isLong(context, next)) await runOne(app, context, next, { kept, signal });
    }
    if (signal.aborted) return;
    runningFor = undefined;
    state.explaining.value = false;
  };
  const start = (context: Context): void => {
    if (runningFor === context.key) return;
    running.abort();
    running = new AbortController();
    runningFor = context.key;
    state.explaining.value = true;
    void work(context, running.signal);
  };
  const stop = (): void => {
    running.abort();
    runningFor = undefined;
    state.explaining.value = false;
  };
  effect(() => {
    const context = contextOf(app);
    // Ticking a method is a reason to look again too.
    const methods = state.methods.value;
    if (!context) return;
    const isMissing = planResults(app, context, methods, kept);
    const first = [...state.results.peek().values()].find(({ status }) => status === 'done');
    if (first) tellOutput(app, context, first);
    if (isMissing || state.output.peek()?.of !== outputKey(context)) start(context);
    else if (runningFor !== undefined) stop();
  });
  return {
    cancel: () => {
      stop();
      for (const [text, { status }] of state.results.peek())
        if (status === 'pending') setResult(app, text, { status: 'cancelled' });
    },
    again: (text) => {
      const context = contextOf(app);
      if (!context) return;
      wanted.add(`${text} ${context.key}`);
      setResult(app, text, {
        ...{ status: 'pending', context: context.key, backend: context.backend },
        ...{ reason: undefined, cause: undefined, isHeld: undefined, progress: undefined },
      });
      start(context);
    },
    explained: (text) => {
      const context = contextOf(app);
      return context ? kept.ofSamples(context.modelKey, text) : [];
    },
  };
}
