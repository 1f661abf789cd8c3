import { preprocessingHash } from '@patternlens/data';
import { isCancelled, sentFailure } from '../compute/call-failure.js';
import type { ComputeClient } from '../compute/client.js';
import type { FitAnswer, FitTold } from '../compute/calls/fit-messages.js';
import type { Wanted } from '../compute/calls/sample-supply.js';
import type { App } from '../state/app.js';
import type { FitState } from '../state/contract-state.js';
import { FIT_WORDS } from '../words/fit.js';
import { fitRun } from './fit-run.js';
import { fitSource } from './fit-source.js';
import { supply } from './supply.js';

const change = ({ state }: App, changed: Partial<FitState>): void => {
  state.told.fit.value = { ...state.told.fit.peek(), ...changed };
};

/** The worker of the current backend, with the current model. */
async function clientOf({ engine, state }: App): Promise<ComputeClient | undefined> {
  const model = state.model.peek();
  return model && engine.ready(state.backend.peek(), model.files, state.patterns.peek());
}

/** The worker that fits: another backend may be chosen in the meantime. */
let fitting: ComputeClient | undefined;

/** Says whether a fit runs. One that is paused does not: nothing waits for it. */
const tellWork = ({ state }: App, runs: boolean): void => {
  const others = [...state.working.peek()].filter((each) => each !== 'fit');
  state.working.value = new Set(runs ? [...others, 'fit'] : others);
};

let lastKey = 0;

/** Takes the patterns of a fit for those in use. */
export function takePatterns({ state }: App, { bytes, facts }: FitAnswer, source: string): void {
  state.patterns.value = { key: `fitted ${++lastKey}`, bytes, facts, source };
}

function hear(app: App, { fit, shown, notKept }: FitTold): void {
  if (fit) {
    const { done, total, imagesPerSecond, secondsLeft } = fit;
    change(app, { done, total, imagesPerSecond });
    fitRun.secondsLeft.value = secondsLeft;
  }
  if (shown) fitRun.shown.value = shown;
  if (notKept !== undefined) fitRun.told.value = FIT_WORDS.notKept(notKept);
}

/** Fits patterns on the samples that are looked at, on the current backend, and takes them for use. */
export async function startFit(app: App, resume = false): Promise<void> {
  const { state } = app;
  const model = state.model.peek();
  const place = state.place.peek();
  if (!model || !place) return;
  const source = fitSource(state.sets.peek(), place.set, fitRun.samples.peek());
  fitRun.told.value = undefined;
  fitRun.interrupted.value = undefined;
  const total = source.asked.count;
  change(app, { status: 'running', done: 0, total, imagesPerSecond: 0 });
  tellWork(app, true);
  try {
    const client = (await clientOf(app))!;
    fitting = client;
    const { preprocessing } = place.set;
    const answer = await client.call(
      'fit',
      {
        samples: source.asked,
        source: source.source,
        estimators: fitRun.estimators.peek(),
        preprocessing: preprocessing && preprocessingHash(preprocessing.values),
        shown: model.facts.linearLayers[0]!,
        resume,
      },
      {
        onProgress: (told) => {
          if (Object(told) === told && 'wanted' in (told as object))
            void supply(client, source, told as Wanted);
          else hear(app, told as FitTold);
        },
      },
    );
    if (state.model.peek() !== model) {
      change(app, { status: 'cancelled' });
      fitRun.told.value = FIT_WORDS.otherModel(model.facts.name);
      return;
    }
    takePatterns(app, answer, 'fitted here');
    change(app, { status: answer.stopped ? 'cancelled' : 'done', done: answer.facts.samples });
    fitRun.told.value = FIT_WORDS.done(answer.facts.samples, answer.stopped);
  } catch (thrown) {
    change(app, { status: 'cancelled' });
    if (!isCancelled(thrown)) fitRun.told.value = FIT_WORDS.refused(sentFailure(thrown).sentence);
  } finally {
    fitting = undefined;
    tellWork(app, false);
    void lookForInterrupted(app);
  }
}

/** Lets the fit wait, or go on. */
export async function pauseFit(app: App, isPaused: boolean): Promise<void> {
  await fitting?.call('pauseFit', isPaused);
  const { status } = app.state.told.fit.peek();
  if (status !== 'running' && status !== 'paused') return;
  change(app, { status: isPaused ? 'paused' : 'running' });
  tellWork(app, !isPaused);
}

/** Stops the fit; the patterns of what it has seen are taken. */
export async function stopFit(): Promise<void> {
  await fitting?.call('stopFit', undefined);
}

/** Looks whether this browser kept a fit of the model that was interrupted. */
export async function lookForInterrupted(app: App, discard = false): Promise<void> {
  if (app.state.told.fit.peek().status === 'running') return;
  try {
    const client = await clientOf(app);
    fitRun.interrupted.value = await client?.call('interruptedFit', discard);
  } catch {
    // Without a worker there is nothing to go on with; the view of the backend says why.
    fitRun.interrupted.value = undefined;
  }
}
