import { sentFailure } from '../compute/call-failure.js';
import type { App } from '../state/app.js';
import { layersState } from './layers-state.js';

/** The layer that is looked at: the one that was chosen, or the first that has weights. */
export function currentLayer({ state }: App): string | undefined {
  const layers = state.model.value?.facts.linearLayers ?? [];
  const chosen = layersState.layer.value;
  return chosen !== undefined && layers.includes(chosen) ? chosen : layers[0];
}

/** What the facts of a layer depend on. */
export function layerKey(app: App): string | undefined {
  const { state } = app;
  const model = state.model.value;
  const sample = state.sample.value;
  const layer = currentLayer(app);
  if (!model || !sample || layer === undefined) return undefined;
  const patterns = state.patterns.value?.key ?? null;
  return JSON.stringify([model.facts.key, layer, patterns, sample.set.key, sample.index]);
}

/** Looks at the current layer with the current sample; the newest request wins. */
export async function loadLayer(app: App, key: string): Promise<void> {
  const { engine, state } = app;
  const model = state.model.peek()!;
  const { sample } = state.sample.peek()!;
  const layer = currentLayer(app)!;
  const isNow = (): boolean => layerKey(app) === key;
  try {
    const client = await engine.ready(state.backend.peek(), model.files, state.patterns.peek());
    const value = await client.call('layerDetails', { layer, inputs: sample.inputs });
    if (!isNow()) return;
    layersState.reason.value = undefined;
    layersState.facts.value = { of: key, value };
  } catch (thrown) {
    if (isNow()) layersState.reason.value = sentFailure(thrown).sentence;
  }
}
