import { sentFailure } from '../compute/call-failure.js';
import type { App } from '../state/app.js';
import { assignInputs } from './assign-inputs.js';
import type { Basket } from './basket.js';
import { dropUndecodable } from './drop-undecodable.js';
import { fileName, type GivenFile } from './given-file.js';
import { openStateOf } from './open-state.js';
import { isPixels, samplesOf, type OwnSource } from './own-source.js';
import { refreshSets, waitsForPreprocessing } from './refresh-sets.js';
import { aboutAFile, tellTrouble, type Told } from './tell.js';
import { OPEN_WORDS } from '../words/open.js';
import { modelImageSize, readsSentence } from './model-takes.js';

/** Samples that are read before they are shown, so that what can't be read is told at once. */
const CHECKED = 20;

let added = 0;

const keyOf = (path: string): string => `${path} ${++added}`;

/** The labels of an IDX file of images, in a file of their own. */
async function classesOf(
  app: App,
  { path }: GivenFile,
  count: number,
  files: readonly GivenFile[],
): Promise<Uint8Array | undefined> {
  const wanted = fileName(path).replace(/images([-.])idx3/, 'labels$1idx1');
  const file =
    files.find((each) => fileName(each.path) === wanted) ??
    (files.length === 1 ? files[0] : undefined);
  if (!file) return undefined;
  const { content } = file;
  const classes = await app.engine
    .files()
    .call('readClasses', { name: fileName(file.path), content });
  return classes.length === count ? classes : undefined;
}

async function arraySourceOf(
  app: App,
  file: GivenFile,
  classes: readonly GivenFile[],
): Promise<OwnSource> {
  const { path, content } = file;
  const inputs = app.state.model.peek()?.facts.inputs ?? [];
  const [first] = inputs;
  const same = inputs.every(({ batchAxis }) => batchAxis === first?.batchAxis);
  const array = await app.engine.files().call('describeArray', {
    name: fileName(path),
    content,
    batchAxis: same ? first?.batchAxis : undefined,
  });
  const labels =
    array.labels ?? (array.pixels ? await classesOf(app, file, array.count, classes) : undefined);
  return { key: keyOf(path), path, content, array: { ...array, labels } };
}

/** Files without those that are named for inputs which what is explained does not depend on. */
function withoutUnused({ state }: App, files: readonly GivenFile[]): readonly GivenFile[] {
  const { inputs = [], unusedInputs = [] } = state.model.peek()?.facts ?? {};
  const names = [...inputs.map(({ name }) => name), ...unusedInputs];
  const assigned = assignInputs(
    names,
    files.map(({ path }) => path),
  );
  const unused = new Set(unusedInputs.map((name) => assigned.get(name)));
  return files.filter(({ path }) => !unused.has(path));
}

/** A basket's images and arrays as sources; what can't be opened is told. */
async function sourcesOf(app: App, basket: Basket): Promise<OwnSource[]> {
  const { images, classes } = basket;
  const arrays = withoutUnused(app, basket.arrays);
  const facts = app.state.model.peek()?.facts;
  const takesPixels = facts !== undefined && modelImageSize(facts) !== undefined;
  const sources: OwnSource[] = images.map(({ path, content }) => ({
    key: keyOf(path),
    path,
    content,
  }));
  const wrong: Told[] = [];
  for (const file of arrays)
    try {
      sources.push(await arraySourceOf(app, file, classes));
    } catch (thrown) {
      wrong.push(sentFailure(thrown));
    }
  tellTrouble(app, wrong);
  if (takesPixels || !sources.some(isPixels)) return sources;
  tellTrouble(app, [aboutAFile(OPEN_WORDS.noImages(facts ? readsSentence(facts) : ''))]);
  return sources.filter((source) => !isPixels(source));
}

/** Reads the first own samples, and leaves out what can't be read, which is told. */
async function dropUnreadable(app: App): Promise<void> {
  const { state } = app;
  const { own } = openStateOf(app);
  const wrong = new Map<string, Told>();
  for (const set of state.sets.peek().slice(0, CHECKED)) {
    const source = own.peek().find(({ key }) => set.key.startsWith(`[${JSON.stringify(key)},`));
    if (!source) continue;
    try {
      await set.read(0);
    } catch (thrown) {
      wrong.set(source.key, sentFailure(thrown));
    }
  }
  if (wrong.size === 0) return;
  own.value = own.peek().filter(({ key }) => !wrong.has(key));
  tellTrouble(app, [...wrong.values()]);
}

/** Assigns files to the inputs of a model of several by their names, and asks where they do not tell. */
function assign(app: App): void {
  const { state } = app;
  const { assigned, dialog, own } = openStateOf(app);
  const inputs = state.model.peek()?.facts.inputs.map(({ name }) => name) ?? [];
  if (inputs.length < 2 || own.peek().length === 0) return;
  const byPath = new Map([...own.peek()].reverse().map((source) => [source.path, source.key]));
  const found = assignInputs(inputs, [...byPath.keys()]);
  const keys = new Map([...found].map(([input, path]) => [input, byPath.get(path)!]));
  assigned.value = new Map([...assigned.peek(), ...keys]);
  if (inputs.some((input) => !assigned.peek().has(input))) dialog.value = 'inputs';
}

/** The number of samples that inputs differ in; undefined where they are as many. */
export function differentCounts(app: App): string | undefined {
  const { assigned, own } = openStateOf(app);
  const counts = [...assigned.peek()].flatMap(([input, key]) => {
    const source = own.peek().find((each) => each.key === key);
    return source ? [[input, samplesOf(source)] as const] : [];
  });
  if (new Set(counts.map(([, count]) => count)).size < 2) return undefined;
  return counts.map(([input, count]) => `${input} ${count}`).join(', ');
}

/** Shows own samples once it is known how they become inputs; else asks. */
export async function showOwn(app: App): Promise<void> {
  const open = openStateOf(app);
  if (waitsForPreprocessing(app)) await dropUndecodable(app);
  if (waitsForPreprocessing(app) && open.dialog.peek() !== 'inputs')
    open.dialog.value = 'preprocessing';
  refreshSets(app, true);
  await dropUnreadable(app);
  refreshSets(app);
  const { note, model, sets } = app.state;
  const facts = model.peek()?.facts;
  // What the model waits for is no news once it is there.
  if (sets.peek().length > 0 && facts && note.peek() === readsSentence(facts)) note.value = '';
}

/** Adds a basket's images and arrays, newest first. */
export async function addSamples(app: App, basket: Basket): Promise<void> {
  const open = openStateOf(app);
  const sources = await sourcesOf(app, basket);
  if (sources.length === 0) return;
  open.own.value = [...sources, ...open.own.peek()];
  assign(app);
  await showOwn(app);
}

/** Whether any own file has pixels. */
export const hasPixels = (app: App): boolean => openStateOf(app).own.peek().some(isPixels);
