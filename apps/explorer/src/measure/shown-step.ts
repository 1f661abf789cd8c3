import { computed, type ReadonlySignal } from '@preact/signals-core';
import { degradedInput } from '@patternlens/evaluate';
import type { TensorRecord } from '@patternlens/core';
import { sampleAxes } from '../explain/sample-axes.js';
import type { App } from '../state/app.js';
import type { Sample, SamplePlace } from '../state/samples.js';
import { ofNow } from './measure-key.js';
import { measureState } from './measure-state.js';

/** The sample that is looked at with some of its patches removed. */
export interface ShownStep {
  /** Tells one from another. */
  readonly key: string;
  readonly place: SamplePlace;
  /** It with as many patches removed as the slider says. */
  readonly inputs: TensorRecord;
  readonly name: string;
  readonly step: number;
  readonly steps: number;
  readonly method: string;
  /** The class whose score falls: what the model says for the whole sample. */
  readonly target: number;
  /** The sample's own curve, and its score at the step. */
  readonly curve: readonly number[];
  readonly score: number;
}

/** The sample that is looked at where it was measured; else the one that was looked at then. */
function shownSample({ state }: App): (SamplePlace & { sample: Sample; at: number }) | undefined {
  const measured = measureState.degradation.value;
  if (!measured) return undefined;
  const { samples, looked } = measured;
  const current = state.sample.value;
  const at = current && samples.indexOf(current);
  if (at !== undefined) return { ...current!, at };
  return { ...looked, at: samples.indexOf(looked)! };
}

const known = new WeakMap<App, ReadonlySignal<ShownStep | undefined>>();

/** What is shown of the current step; undefined where nothing was measured. Made once for all who read it. */
export function shownStep(app: App): ShownStep | undefined {
  const made = known.get(app) ?? computed(() => makeStep(app));
  known.set(app, made);
  return made.value;
}

function makeStep(app: App): ShownStep | undefined {
  const input = app.state.model.value?.facts.inputs[0];
  const measured = ofNow(app.state, measureState.degradation.value);
  const method = measureState.method.value;
  const shown = shownSample(app);
  const order = method === undefined ? undefined : measured?.value.orders.get(method);
  if (!input || !measured || !shown || method === undefined || !order) return undefined;
  const { parameters, steps, methods, samples } = measured.value;
  const step = Math.min(measureState.step.value, steps);
  const { curve } = methods.get(method)!.perSample[shown.at]!;
  const { patch, fill } = parameters;
  const { set, index } = shown;
  const degraded = degradedInput(shown.sample.inputs[input.name]!, sampleAxes(input.axes), {
    ...{ order: order[shown.at]!, step, patch, fill },
  });
  return {
    key: JSON.stringify([measured.of, method, step, set.key, index]),
    place: { set, index },
    inputs: { [input.name]: degraded },
    name: set.nameOf(index),
    ...{ step, steps, method, curve },
    target: samples[shown.at]!.target,
    score: curve[step]!,
  };
}
