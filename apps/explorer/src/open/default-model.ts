import { GENERATOR } from '@patternlens/data';
import { DEFAULT_FILES } from './default-files.js';
import type { App } from '../state/app.js';
import { loadFile } from '../state/load-file.js';
import { generatedSet } from '../explain/generated-set.js';
import { useModel } from './use-model.js';

/** A file of the page's own folder.
 * @throws where the server does not have it. */
const ownFile = (app: App, path: string): Promise<Blob> =>
  loadFile(app.state, path.split('/').at(-1)!, app.address(path));

/** What is shown of the bundled network. */
export interface DefaultOptions {
  readonly seed?: number | undefined;
  /** The first of the samples that are offered. */
  readonly first?: number | undefined;
  readonly index?: number | undefined;
  /** The output that is explained; the first where it is not given. */
  readonly output?: string | undefined;
}

/** Opens the bundled network with its patterns and generated samples. */
export async function openDefaultModel(
  app: App,
  { seed = 7, first = 0, index = 0, output }: DefaultOptions = {},
): Promise<void> {
  const { engine, state } = app;
  const [content, patternFile] = await Promise.all([
    ownFile(app, DEFAULT_FILES.model),
    ownFile(app, DEFAULT_FILES.patterns),
  ]);
  const files = {
    key: output === undefined ? 'default' : `default ${output}`,
    ...(output === undefined ? {} : { output }),
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
    sets: [generatedSet(facts.inputs[0]!.name, seed, first)],
    index,
  });
}
