import { CallFailure, sentFailure } from '../compute/call-failure.js';
import type { PatternFacts } from '../compute/calls/use-patterns.js';
import type { App } from '../state/app.js';
import type { OpenedModel } from '../state/app-state.js';
import { OPEN_WORDS } from '../words/open.js';
import { fileName, type GivenFile } from './given-file.js';
import { openStateOf } from './open-state.js';

let taken = 0;

/** A hash as people tell two apart. */
const short = (hash: string): string => hash.slice(0, 12);

/** The first layer that differs, of the core's sentence. */
const DIFFERENCE = /the first layer that differs is (?:their )?"(.*?)"(?=:| \()/s;

/** What is told where patterns do not fit the network. */
function mismatch(thrown: unknown, name: string): CallFailure {
  const failure = sentFailure(thrown);
  const isMismatch = failure.code === 'pattern-mismatch';
  const layer = DIFFERENCE.exec(failure.sentence)?.[1] ?? failure.subject.layer;
  const what = layer === undefined ? undefined : `layer ${layer} differs`;
  return new CallFailure(
    isMismatch && what !== undefined
      ? { ...failure, sentence: OPEN_WORDS.otherNetwork(what), cause: failure.sentence }
      : { ...failure, sentence: failure.sentence.replace(/^pattern file: /, `${name}: `) },
  );
}

/** Patterns mean nothing for inputs that are made in another way than those that they were fitted on.
 * @throws CallFailure naming both. */
function checkPreprocessing(app: App, name: string, { preprocessing }: PatternFacts): void {
  const ours = openStateOf(app).preprocessing.peek();
  if (preprocessing === undefined || ours === undefined || ours.hash === preprocessing) return;
  throw new CallFailure({
    code: 'pattern-mismatch',
    sentence: OPEN_WORDS.otherPreprocessing(
      name,
      short(preprocessing),
      short(ours.hash),
      ours.name,
    ),
    subject: { file: name },
  });
}

/** Takes a pattern file for a model; the patterns before stay where it is refused.
 * @throws CallFailure naming what differs. */
export async function usePatternFile(
  app: App,
  model: OpenedModel,
  { path, content }: GivenFile,
): Promise<void> {
  const { engine, state } = app;
  const name = fileName(path);
  const bytes = new Uint8Array(await content.arrayBuffer());
  const key = `${path} ${++taken}`;
  try {
    const client = await engine.ready(state.backend.peek(), model.files, { key, bytes });
    const facts = (await client.call('usePatterns', bytes))!;
    checkPreprocessing(app, name, facts);
    state.patterns.value = { key, bytes, facts, source: name };
  } catch (thrown) {
    throw mismatch(thrown, name);
  }
}

/** Takes patterns away that do not fit the preprocessing any more, and says so. */
export function dropUnfitPatterns(app: App): void {
  const { state } = app;
  const patterns = state.patterns.peek();
  const ours = openStateOf(app).preprocessing.peek();
  const theirs = patterns?.facts.preprocessing;
  if (!patterns || !ours || theirs === undefined || theirs === ours.hash) return;
  state.patterns.value = undefined;
  state.trouble.value = {
    code: 'pattern-mismatch',
    sentence: OPEN_WORDS.patternsLeft(short(ours.hash), ours.name, short(theirs)),
  };
}
