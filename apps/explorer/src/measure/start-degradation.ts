import { batch } from '@preact/signals-core';
import type { App } from '../state/app.js';
import { defaultPatch, patchSizes } from './default-patch.js';
import { measureState } from './measure-state.js';
import { runMeasurement } from './run-measurement.js';

/** The side of a patch: the one that was chosen, as far as it fits the input, or that of its size. */
export function chosenPatch({ state }: App): number {
  const sizes = patchSizes(state.model.value!.facts.inputs[0]!);
  const chosen = measureState.patch.value;
  return chosen === undefined ? defaultPatch(sizes) : Math.min(chosen, Math.min(...sizes));
}

/** Measures degradation of the ticked methods, and shows it. */
export async function startDegradation(app: App): Promise<void> {
  const measured = await runMeasurement(app, 'degradation', (client, setting, options) =>
    client.call(
      'measureDegradation',
      { samples: setting.samples.asked, methods: setting.methods, patch: chosenPatch(app) },
      options,
    ),
  );
  if (!measured) return;
  const { methods, steps } = measured.value;
  const shown = measureState.method.peek();
  batch(() => {
    measureState.degradation.value = measured;
    if (shown === undefined || !methods.has(shown))
      measureState.method.value = [...methods.keys()][0];
    measureState.step.value = Math.min(measureState.step.peek(), steps);
  });
}
