import { GENERATOR } from '@patternlens/data';
import { DEFAULT_FILES } from './default-files.js';
import type { App } from '../state/app.js';
import { generatedSet } from '../explain/generated-set.js';
import { useModel } from './use-model.js';

/** A file of the page's own folder.
 * @throws where the server does not have it. */
async function ownFile(app: App, path: string): Promise<Blob> {
  const response = await fetch(app.address(path));
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}.`);
  return response.blob();
}

/** Opens the bundled network with its patterns and generated samples. */
export async function openDefaultModel(app: App, { seed = 7, index = 0 } = {}): Promise<void> {
  const { engine, state } = app;
  const [content, patternFile] = await Promise.all([
    ownFile(app, DEFAULT_FILES.model),
    ownFile(app, DEFAULT_FILES.patterns),
  ]);
  const files = {
    key: 'default',
    name: 'default',
    path: 'default',
    format: 'onnx',
    files: [{ path: 'default.onnx', content }],
  } as const;
  const backend = state.backend.peek();
  const facts = await engine.open(backend, files);
  const bytes = new Uint8Array(await patternFile.arrayBuffer());
  const key = 'default patterns';
  const client = await engine.ready(backend, files, { key, bytes });
  const known = (await client.call('usePatterns', bytes))!;
  useModel(app, files, facts, {
    labels: GENERATOR.classes,
    patterns: { key, bytes, facts: known, source: 'bundled' },
    sets: [generatedSet(facts.inputs[0]!.name, seed)],
    index,
  });
}
