import { computed, effect } from '@preact/signals-core';
import type { App } from '../state/app.js';
import { strongest } from './strongest.js';
import { cascadeTold } from './cascade-told.js';
import { measureKey } from './measure-key.js';
import { measureState } from './measure-state.js';
import { cancelMeasurement } from './run-measurement.js';
import { shownStep, type ShownStep } from './shown-step.js';

/** Asks the model for the class of the image that is shown: one question at a time, the newest next. */
function askingFor({ engine, state }: App): (shown: ShownStep) => void {
  let next: ShownStep | undefined;
  let isAsking = false;
  const ask = async ({ key, inputs }: ShownStep): Promise<void> => {
    const model = state.model.peek();
    if (!model) return;
    try {
      const client = await engine.ready(state.backend.peek(), model.files, state.patterns.peek());
      const { data } = await client.call('predict', inputs);
      measureState.said.value = { of: key, index: strongest(data) };
    } catch {
      // The image and its score, which was measured, stay; what the model says is left out.
      measureState.said.value = undefined;
    }
  };
  return (shown) => {
    if (isAsking) {
      next = shown;
      return;
    }
    isAsking = true;
    void (async () => {
      for (let now: ShownStep | undefined = shown; now; now = next) {
        next = undefined;
        await ask(now);
      }
      isAsking = false;
    })();
  };
}

let isWatched = false;

/** Drops what was measured once the model or its patterns change, tells programs outside what is shown, and asks for the class of the image. From the first time that the view is shown on. */
export function watchMeasure(app: App): void {
  if (isWatched) return;
  isWatched = true;
  const { state } = app;
  const key = computed(() => measureKey(state));
  let before = key.peek();
  effect(() => {
    if (key.value === before) return;
    before = key.value;
    cancelMeasurement();
    measureState.degradation.value = undefined;
    measureState.cascade.value = undefined;
    measureState.patch.value = undefined;
    measureState.refit.value = undefined;
    measureState.ended.value = {};
  });
  const ask = askingFor(app);
  effect(() => {
    const shown = shownStep(app);
    state.told.degradation.value = shown
      ? { method: shown.method, step: shown.step, steps: shown.steps, score: shown.score }
      : null;
    if (shown) ask(shown);
  });
  // After the keys of the page: Escape closes what is open before it cancels what runs.
  addEventListener('keydown', (event) => {
    const isHere = state.view.peek() === 'measure' && measureState.running.peek() !== undefined;
    if (event.key !== 'Escape' || event.defaultPrevented || !isHere) return;
    event.preventDefault();
    cancelMeasurement();
  });
  effect(() => {
    state.told.cascade.value = cascadeTold(measureState.cascade.value);
  });
}
