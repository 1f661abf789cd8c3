import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import { fitRun } from './fit-run.js';
import { takePatterns } from './start-fit.js';

/** The bytes of the patterns in use, with moments where they were fitted here and are wanted. */
export async function savedPatterns({ engine, state }: App): Promise<Uint8Array> {
  const patterns = state.patterns.peek()!;
  if (!fitRun.withMoments.peek() || patterns.source !== 'fitted here') return patterns.bytes;
  const model = state.model.peek()!;
  const client = await engine.ready(state.backend.peek(), model.files, patterns);
  return (await client.call('fittedFile', true)) ?? patterns.bytes;
}

/** Adds a pattern file to the patterns that were fitted here. */
export async function mergePatternFile(app: App, input: HTMLInputElement): Promise<void> {
  const { engine, state } = app;
  const [file] = input.files ?? [];
  input.value = '';
  const model = state.model.peek();
  if (!file || !model) return;
  await track(state, 'Merging patterns', async () => {
    const client = await engine.ready(state.backend.peek(), model.files, state.patterns.peek());
    const answer = await client.call('mergeFile', new Uint8Array(await file.arrayBuffer()));
    takePatterns(app, answer, 'fitted here');
  });
}
