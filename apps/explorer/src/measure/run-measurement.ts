import { batch } from '@preact/signals-core';
import { isCancelled, sentFailure } from '../compute/call-failure.js';
import type { MeasureTold } from '../compute/calls/measure-messages.js';
import type { Wanted } from '../compute/calls/sample-supply.js';
import type { CallOptions, ComputeClient } from '../compute/client.js';
import { supply } from '../fit/supply.js';
import type { App } from '../state/app.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { measureKey } from './measure-key.js';
import { measuredMethods } from './measured-methods.js';
import { measuredSamples, type MeasuredSamples } from './measured-samples.js';
import { measureState, type Measured, type MeasurementKind } from './measure-state.js';

let running: AbortController | undefined;

/** Stops what is measured. */
export const cancelMeasurement = (): void => {
  running?.abort();
};

/** Everything that a measurement is of. */
export type Setting = Omit<Measured<unknown>, 'value' | 'seconds'>;

/** What is to be measured now; undefined until there are a model and a sample, and where no ticked method works. */
function settingOf({ state }: App): Setting | undefined {
  const looked = state.sample.peek();
  const { methods } = measuredMethods(state);
  if (!state.model.peek() || !looked || methods.length === 0) return undefined;
  return {
    of: measureKey(state),
    backend: state.backend.peek(),
    methods,
    samples: measuredSamples(state.sets.peek(), looked, measureState.samples.peek()),
    looked,
  };
}

/** Tells how far it is, with the time that is left by what it took so far; and reads samples that the worker wants. */
function follow(
  kind: MeasurementKind,
  client: ComputeClient,
  { source }: MeasuredSamples,
): (told: unknown) => void {
  let began: number | undefined;
  let before = 0;
  return (told) => {
    if ('wanted' in (told as object)) {
      void supply(client, source, told as Wanted);
      return;
    }
    const { done, total, what } = (told as MeasureTold).measured;
    // Maps take longer than forward passes: what is left is known once those run.
    if (began === undefined && (kind === 'cascade' || what === 'curves')) {
      began = performance.now();
      before = done;
    }
    const seconds = began === undefined ? 0 : (performance.now() - began) / 1000;
    const secondsLeft =
      seconds > 1 && done > before ? (seconds / (done - before)) * (total - done) : undefined;
    measureState.running.value = { kind, done, total, what, secondsLeft };
  };
}

const setEnded = (kind: MeasurementKind, text: string | undefined): void => {
  measureState.ended.value = { ...measureState.ended.peek(), [kind]: text };
};

/** Measures something in the worker of the current backend; what it gives is dropped where the model or its patterns changed in the meantime. */
export async function runMeasurement<T>(
  app: App,
  kind: MeasurementKind,
  measure: (client: ComputeClient, setting: Setting, options: CallOptions) => Promise<T>,
): Promise<Measured<T> | undefined> {
  const { engine, state } = app;
  const setting = settingOf(app);
  if (!setting || measureState.running.peek()) return undefined;
  const controller = new AbortController();
  running = controller;
  const name = MEASURE_WORDS.working[kind];
  batch(() => {
    setEnded(kind, undefined);
    measureState.running.value = { kind, done: 0, total: 0, what: '', secondsLeft: undefined };
    state.working.value = new Set([...state.working.peek(), name]);
  });
  const began = performance.now();
  try {
    const model = state.model.peek()!;
    const client = await engine.ready(state.backend.peek(), model.files, state.patterns.peek());
    const value = await measure(client, setting, {
      signal: controller.signal,
      onProgress: follow(kind, client, setting.samples),
    });
    if (controller.signal.aborted || measureKey(state) !== setting.of) return undefined;
    return { ...setting, value, seconds: (performance.now() - began) / 1000 };
  } catch (thrown) {
    const { done, total } = measureState.running.peek()!;
    if (isCancelled(thrown)) setEnded(kind, MEASURE_WORDS.cancelled(done, total));
    else setEnded(kind, sentFailure(thrown).sentence);
    return undefined;
  } finally {
    batch(() => {
      measureState.running.value = undefined;
      state.working.value = new Set([...state.working.peek()].filter((each) => each !== name));
    });
  }
}
