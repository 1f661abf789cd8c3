import type { Explanation } from '@patternlens/core';
import { uniqueNames } from '@patternlens/data';
import { patternsName } from './download-names.js';
import type { App } from '../state/app.js';
import type { OpenedModel } from '../state/app-state.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { Sample, SamplePlace } from '../state/samples.js';

/** A method that explained the current sample. */
export interface ExportedMethod {
  readonly method: ChosenMethod;
  /** What stands for it in files' names: its id, numbered where it is ticked twice. */
  readonly word: string;
  readonly explanation: Explanation;
}

/** What is on the screen, ready to be taken along. */
export interface Exported {
  readonly model: OpenedModel;
  readonly place: SamplePlace;
  readonly sample: Sample;
  /** In the order in which they are ticked; only those that are done. */
  readonly methods: readonly ExportedMethod[];
}

/** Methods that the command would run too: what can't explain the model is left out. */
export function runnableMethods({ state }: App): readonly ChosenMethod[] {
  const results = state.results.value;
  return state.methods.value.filter(({ text }) => results.get(text)?.status !== 'refused');
}

/** Sources of patterns that are no file of a person's own: they are read under the name that they are saved under. */
const MADE_HERE: readonly string[] = ['bundled', 'fitted here'];

/** The name of the pattern file that what is ticked reads; undefined where it reads none, or there is none. */
export function usedPatterns(app: App): string | undefined {
  const { model, patterns } = app.state;
  const facts = model.value?.facts;
  const isRead = runnableMethods(app).some(
    ({ id }) => facts?.methods.find((method) => method.id === id)?.needsPatterns,
  );
  if (!facts || !patterns.value || !isRead) return undefined;
  const { source } = patterns.value;
  return MADE_HERE.includes(source) ? patternsName(facts.name) : source;
}

/** What can be taken along now; undefined until a sample is explained. */
export function exportedNow(app: App): Exported | undefined {
  const { state } = app;
  const model = state.model.value;
  const current = state.sample.value;
  if (!model || !current) return undefined;
  const results = state.results.value;
  const words = uniqueNames();
  const methods = runnableMethods(app).flatMap((method): ExportedMethod[] => {
    const word = words(method.id);
    const result = results.get(method.text);
    return result?.status === 'done' && result.explanation
      ? [{ method, word, explanation: result.explanation }]
      : [];
  });
  const { set, index, sample } = current;
  return methods.length === 0 ? undefined : { model, place: { set, index }, sample, methods };
}
