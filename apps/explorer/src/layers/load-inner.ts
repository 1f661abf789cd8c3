import { parseTarget } from '../explain/target.js';
import { refusalOf } from '../explain/refusal.js';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { track } from '../state/track.js';
import { layersState } from './layers-state.js';

/** The ticked methods that pass relevance back layer by layer, and can explain the model. */
export function tracedMethods({ state }: App): readonly ChosenMethod[] {
  const known = state.model.value?.facts.methods ?? [];
  return state.methods.value.filter(
    (method) =>
      known.find(({ id }) => id === method.id)?.isDriver === false &&
      refusalOf(method, known, state.patterns.value !== undefined) === undefined,
  );
}

/** What the relevance at the layers depends on but its method. */
export function innerKey({ state }: App): string | undefined {
  const model = state.model.value;
  const sample = state.sample.value;
  if (!model || !sample) return undefined;
  return JSON.stringify([
    model.facts.key,
    sample.set.key,
    sample.index,
    state.target.value,
    state.patterns.value?.key ?? null,
  ]);
}

/** Follows a method's relevance through the layers, for the current sample and target. */
export async function loadInner(app: App, method: ChosenMethod): Promise<void> {
  const { engine, state } = app;
  const of = innerKey(app);
  const model = state.model.peek();
  const current = state.sample.peek();
  if (!model || !current || of === undefined) return;
  const target = parseTarget(state.target.peek(), model.labels);
  if (target === undefined) return;
  layersState.isTracing.value = true;
  await track(state, 'Following relevance through the layers', async () => {
    const client = await engine.ready(state.backend.peek(), model.files, state.patterns.peek());
    const { id, parameters, text } = method;
    const { inputs } = current.sample;
    const value = await client.call('innerRelevance', { method: id, parameters, inputs, target });
    layersState.inner.value = { of, method: text, value };
  });
  layersState.isTracing.value = false;
}
