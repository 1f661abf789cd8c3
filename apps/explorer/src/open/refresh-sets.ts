import { batch } from '@preact/signals-core';
import { generatedSet } from '../explain/generated-set.js';
import type { App } from '../state/app.js';
import type { OpenedModel } from '../state/app-state.js';
import type { SampleSet } from '../state/samples.js';
import { generatedStart } from './generated-source.js';
import { takesGenerated } from './model-takes.js';
import { openStateOf } from './open-state.js';
import { joinedSet, ownSet } from './own-sets.js';
import { isPixels, type OwnSource } from './own-source.js';

/** Whether own pixels wait for a preprocessing. */
export function waitsForPreprocessing(app: App): boolean {
  const { own, preprocessing } = openStateOf(app);
  return preprocessing.peek() === undefined && own.peek().some(isPixels);
}

/** Files by input name, once each input of a model of several has one. */
function sourcesByInput(app: App, model: OpenedModel): ReadonlyMap<string, OwnSource> | undefined {
  const { own, assigned } = openStateOf(app);
  const found = model.facts.inputs.flatMap(({ name }) => {
    const source = own.peek().find(({ key }) => key === assigned.peek().get(name));
    return source ? [[name, source] as const] : [];
  });
  return found.length === model.facts.inputs.length ? new Map(found) : undefined;
}

function ownSets(app: App, model: OpenedModel): readonly SampleSet[] {
  const { own, preprocessing } = openStateOf(app);
  const { inputs } = model.facts;
  const options = { preprocessing: preprocessing.peek(), labels: model.labels };
  const isReady = (source: OwnSource): boolean =>
    !isPixels(source) || options.preprocessing !== undefined;
  const [input, another] = inputs;
  if (input && !another)
    return own
      .peek()
      .filter(isReady)
      .map((source) => ownSet(app, source, input, options));
  const sources = sourcesByInput(app, model);
  if (!sources || ![...sources.values()].every(isReady)) return [];
  return [joinedSet(app, sources, inputs, options)];
}

/** The generated data that are shown, or were; those of the first seed at first. */
function generatedSets({ state }: App, { facts }: OpenedModel): readonly SampleSet[] {
  if (!takesGenerated(facts)) return [];
  const before = state.sets.peek().find(({ source }) => generatedStart(source));
  const { seed, first } = generatedStart(before?.source ?? 'generated')!;
  return [generatedSet(facts.inputs[0]!.name, seed, first)];
}

/** Makes the samples anew from the person's own files and the generated data, own ones first.
 * @param show Shows the first of the own samples; else what is shown stays, where it is still there. */
export function refreshSets(app: App, show = false): void {
  const { state } = app;
  const model = state.model.peek();
  if (!model) return;
  const own = ownSets(app, model);
  const known = new Map(state.sets.peek().map((set) => [set.key, set]));
  // A set that was there stays itself, so that what was chosen in it stays.
  const sets = [...own, ...generatedSets(app, model)].map((set) => known.get(set.key) ?? set);
  const before = state.place.peek();
  const stays = before && sets.includes(before.set) && !(show && own.length > 0);
  batch(() => {
    state.sets.value = sets;
    if (!stays) state.place.value = sets[0] && { set: sets[0], index: 0 };
  });
}
