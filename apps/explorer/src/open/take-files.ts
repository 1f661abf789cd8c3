import { restoreFiles } from '../share/restore-files.js';
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

/** Pictures of PatternLens are not looked for among more files than this. */
const PICTURES = 50;

async function takeNow(app: App, given: readonly GivenFile[]): Promise<void> {
  const open = openStateOf(app);
  const others = given.length > PICTURES ? given : await restoreFiles(app, given);
  const files = await knownFiles(app, others);
  if (files.length === 0) return;
  const waiting = open.waiting.peek();
  const shards = await shardNames(app, files);
  const waitsForFiles = waiting !== undefined && waiting.asked === undefined;
  const basket = sortFiles(files, waitsForFiles ? new Set([...shards, '']) : shards);
  if (waitsForFiles && !basket.model && basket.beside.length > 0)
    await openWaiting(app, { ...waiting, basket: withMore(waiting.basket, basket) });
  else await useBasket(app, basket);
}

let before: Promise<unknown> = Promise.resolve();

/** Takes whatever a person gives: models, patterns, preprocessing, labels, images, arrays, packed or not. One gift is taken after the other.
 * @throws CallFailure where nothing of it can be taken. */
export function takeFiles(app: App, given: readonly GivenFile[]): Promise<void> {
  const taken = before.then(() => {
    app.state.trouble.value = undefined;
    return takeNow(app, given);
  });
  before = taken.catch(() => undefined);
  return taken;
}
