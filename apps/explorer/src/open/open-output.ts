import { batch } from '@preact/signals-core';
import { outputsOf } from '../explain/target.js';
import type { App } from '../state/app.js';

/** Explains another output of the model that is open: its files are read again with that output; samples and patterns stay.
 * @throws CallFailure where the model has no such output, or can't be explained from there. */
export async function openOutput({ engine, state }: App, output: string): Promise<void> {
  const model = state.model.peek();
  if (!model) return;
  const files = {
    ...model.files,
    output,
    key: `${model.files.key.split(' output ')[0]!} output ${output}`,
  };
  const facts = await engine.open(state.backend.peek(), files);
  if (state.model.peek() !== model) return;
  // Labels belong to one output; another of as many values may share them.
  const labels = model.labels?.length === outputsOf(facts) ? model.labels : undefined;
  batch(() => {
    state.model.value = { ...model, files, facts, labels };
    state.output.value = undefined;
    state.target.value = 'top';
  });
}
