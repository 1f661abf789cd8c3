import { track } from '../state/track.js';
import type { App } from '../state/app.js';
import { shardPaths } from '../compute/shard-paths.js';
import { sortFiles, withMore, type KnownFile } from './basket.js';
import { fileName, type GivenFile } from './given-file.js';
import { openStateOf } from './open-state.js';
import { knownFiles } from './read-starts.js';
import { openWaiting, useBasket } from './use-basket.js';

/** Names of the files that the models among these, and one that waits, keep their weights in. */
async function shardNames(app: App, files: readonly KnownFile[]): Promise<ReadonlySet<string>> {
  const { model } = openStateOf(app).waiting.peek()?.basket ?? {};
  const models: readonly GivenFile[] = [
    ...files.filter(({ kind }) => kind === 'tfjs'),
    ...(model?.format === 'tfjs' ? [model.file] : []),
  ];
  const names = new Set<string>();
  for (const { content } of models)
    for (const path of shardPaths(await content.text())) names.add(fileName(path));
  return names;
}

async function takeNow(app: App, given: readonly GivenFile[]): Promise<void> {
  const open = openStateOf(app);
  const files = await knownFiles(app, given);
  const waiting = open.waiting.peek();
  const shards = await shardNames(app, files);
  const waitsForFiles = waiting !== undefined && waiting.asked === undefined;
  const basket = sortFiles(files, waitsForFiles ? new Set([...shards, '']) : shards);
  if (waitsForFiles && !basket.model && basket.beside.length > 0)
    await openWaiting(app, { ...waiting, basket: withMore(waiting.basket, basket) });
  else await useBasket(app, basket);
}

let before: Promise<unknown> = Promise.resolve();

/** Takes whatever a person gives: models, patterns, preprocessing, labels, images, arrays, packed or not. One gift is taken after the other. */
export function takeFiles(app: App, given: readonly GivenFile[]): Promise<void> {
  if (given.length === 0) return Promise.resolve();
  const { state } = app;
  const work = async (): Promise<void> => {
    state.trouble.value = undefined;
    await track(state, 'Opening files', () => takeNow(app, given));
  };
  // The state says at once that something is under way.
  const mark = `Taking ${given.length} files`;
  state.working.value = new Set([...state.working.peek(), mark]);
  const taken = before.then(work).finally(() => {
    state.working.value = new Set([...state.working.peek()].filter((each) => each !== mark));
  });
  before = taken.catch(() => undefined);
  return taken;
}
