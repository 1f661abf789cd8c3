import type { App } from '../state/app.js';
import type { OpenedModel } from '../state/app-state.js';
import { sentFailure } from '../compute/call-failure.js';
import { OPEN_WORDS } from '../words/open.js';
import { addSamples, hasPixels, showOwn } from './add-samples.js';
import type { Basket } from './basket.js';
import { chosenPreprocessing, metadataOf, preprocessingOf } from './choose-preprocessing.js';
import { fileName, type GivenFile } from './given-file.js';
import { labelNames } from './label-names.js';
import { classCount, isForImages, readsSentence } from './model-takes.js';
import { readBasketModel } from './open-own-model.js';
import { openStateOf, type ChosenPreprocessing, type WaitingModel } from './open-state.js';
import { refreshSets } from './refresh-sets.js';
import { aboutAFile, tellTrouble, type Told } from './tell.js';
import { useModel } from './use-model.js';
import { dropUnfitPatterns, usePatternFile } from './use-pattern-file.js';

/** Does one thing of several, each of which may fail by itself. */
async function attempt<T>(wrong: Told[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    wrong.push(sentFailure(thrown));
    return undefined;
  }
}

/** Names of classes, checked against the model. */
async function labelsFor(
  { facts }: OpenedModel,
  file: GivenFile | undefined,
  metadata: readonly string[] | undefined,
  wrong: Told[],
): Promise<readonly string[] | undefined> {
  if (!file && metadata === undefined) return undefined;
  const name = file ? fileName(file.path) : 'metadata.json';
  const names = file
    ? await attempt(wrong, async () => labelNames(await file.content.text()))
    : metadata;
  if (!names) return undefined;
  const classes = classCount(facts.outputShape);
  if (names.length === classes) return names;
  wrong.push(aboutAFile(OPEN_WORDS.labelCount(name, names.length, classes)));
  return undefined;
}

/** Takes labels, preprocessing, patterns and samples for the open model. */
async function useRest(app: App, basket: Basket): Promise<void> {
  const { state } = app;
  const open = openStateOf(app);
  const model = state.model.peek();
  if (!model) return;
  const wrong: Told[] = basket.told.map(aboutAFile);
  const metadata = basket.metadata && (await attempt(wrong, () => metadataOf(basket.metadata!)));
  const labels = await labelsFor(model, basket.labels, metadata?.labels, wrong);
  const withLabels = labels ? { ...model, labels } : model;
  if (labels) state.model.value = withLabels;
  const chosen = await chosenOf(basket, metadata?.preprocessing, wrong);
  if (chosen) {
    open.preprocessing.value = chosen;
    if (open.dialog.peek() === 'preprocessing') open.dialog.value = undefined;
    state.note.value = OPEN_WORDS.used(chosen.name);
    dropUnfitPatterns(app);
  }
  if (basket.patterns)
    await attempt(wrong, () => usePatternFile(app, withLabels, basket.patterns!));
  const hadPixels = hasPixels(app);
  await addSamples(app, basket);
  if (chosen && hadPixels) await showOwn(app);
  else if (labels) refreshSets(app);
  tellTrouble(app, wrong);
}

async function chosenOf(
  { preprocessing }: Basket,
  ofMetadata: ChosenPreprocessing['values'] | undefined,
  wrong: Told[],
): Promise<ChosenPreprocessing | undefined> {
  if (preprocessing) return attempt(wrong, () => preprocessingOf(preprocessing));
  return ofMetadata && chosenPreprocessing('metadata.json', ofMetadata);
}

/** What a link asked for, once the model that it names is there. */
function wantedFor(
  app: App,
  path: string,
): { readonly output?: string; readonly target: string; readonly index: number } {
  const { wanted } = openStateOf(app);
  const request = wanted.peek();
  if (request?.model === undefined || fileName(request.model) !== fileName(path))
    return { target: 'top', index: 0 };
  wanted.value = undefined;
  return {
    target: request.target ?? 'top',
    index: request.index ?? 0,
    ...(request.output === undefined ? {} : { output: request.output }),
  };
}

/** Opens a basket's model with all that came with it. */
export async function openWaiting(app: App, waiting: WaitingModel): Promise<void> {
  const open = openStateOf(app);
  const { basket } = waiting;
  const { output, target, index } = wantedFor(app, basket.model!.file.path);
  const read = await readBasketModel(app, waiting, output);
  if (!read) return;
  open.preprocessing.value = undefined;
  open.assigned.value = new Map();
  // Arrays were made for the model before; photos can be shown to any model.
  open.own.value =
    basket.images.length + basket.arrays.length > 0
      ? []
      : open.own.peek().filter(({ array }) => !array && isForImages(read.facts));
  useModel(app, read.files, read.facts, { sets: [], target });
  app.state.note.value = OPEN_WORDS.opened(read.facts.name);
  open.report.value = true;
  open.dialog.value = undefined;
  refreshSets(app);
  await useRest(app, basket);
  if (open.own.peek().length > 0 && basket.images.length + basket.arrays.length === 0)
    await showOwn(app);
  const { place } = app.state;
  const { set } = place.peek() ?? {};
  if (index > 0 && set && index < set.count) place.value = { set, index };
  if (app.state.sets.peek().length === 0 && open.dialog.peek() === undefined)
    app.state.note.value = readsSentence(read.facts);
}

/** Takes files that were sorted: opens a model, or adds to the one that is open. */
export const useBasket = (app: App, basket: Basket): Promise<void> =>
  basket.model ? openWaiting(app, { basket, shapes: {} }) : useRest(app, basket);
