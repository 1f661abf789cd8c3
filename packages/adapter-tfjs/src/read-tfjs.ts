import type { Network } from '@patternlens/core';
import { checkOptions, expects, type OptionKinds } from '@patternlens/core/arguments';
import { importGraph } from './import/graph/import-graph.js';
import { importLayers } from './import/layers/import-layers.js';
import type { ReadTfjsOptions } from './import/read-options.js';
import {
  isGraphModel,
  isLayersModel,
  type LoadedGraphModel,
  type LoadedLayersModel,
} from './read/loaded-models.js';
import { loadedGraph, loadedLayers } from './read/loaded-weights.js';
import { openFiles, type TfjsFiles } from './read/model-files.js';
import { parseModel, type TfjsFormat } from './read/parse-model.js';
import { readWeights } from './read/read-weights.js';
import { invalidModel } from './read/tfjs-error.js';

export type { ReadTfjsOptions };

/** A promise is waited for. */
type Awaitable<T> = T | PromiseLike<T>;

const KINDS: OptionKinds<ReadTfjsOptions> = {
  output: expects.text,
  shapes: expects.object,
  plugins: expects.list,
};

async function readFiles(
  files: TfjsFiles,
  expected: TfjsFormat | undefined,
  options: ReadTfjsOptions,
): Promise<Network> {
  const { json, shards } = await openFiles(files);
  const model = parseModel(json);
  if (expected !== undefined && model.format !== expected)
    invalidModel(
      'model.json',
      `it is a ${model.format === 'tfjs-graph' ? 'graph' : 'layers'} model. Read it with ${model.format === 'tfjs-graph' ? 'readGraphModel' : 'readLayersModel'}.`,
    );
  const weights = await readWeights(model.groups, shards);
  return model.format === 'tfjs-layers'
    ? importLayers(model.topology, weights, options)
    : importGraph(model, weights, options);
}

/** Reads a layers model, loaded or as files, as a network whose batch is free. What files claim is checked before it is believed.
 * @throws PatternLensError `invalid-file` where files are missing or damaged; `unsupported-layer` naming every class of layers that is
 * not supported; `invalid-shape` where an axis is free and not bound. */
export async function readLayersModel(
  given: Awaitable<LoadedLayersModel | TfjsFiles>,
  options: ReadTfjsOptions = {},
): Promise<Network> {
  checkOptions('adapter-tfjs', 'readLayersModel', options, KINDS);
  const model = await given;
  if (!isLayersModel(model)) return readFiles(model, 'tfjs-layers', options);
  const { topology, weights } = await loadedLayers(model);
  return importLayers(topology, weights, options);
}

/** Reads a graph model, loaded or as files, as a network whose batch is free. What files claim is checked before it is believed.
 * @throws PatternLensError `invalid-file` where files are missing or damaged; `unsupported-operation` naming every operation that is
 * not supported; `invalid-shape` where an axis is free and not bound. */
export async function readGraphModel(
  given: Awaitable<LoadedGraphModel | TfjsFiles>,
  options: ReadTfjsOptions = {},
): Promise<Network> {
  checkOptions('adapter-tfjs', 'readGraphModel', options, KINDS);
  const model = await given;
  if (!isGraphModel(model)) return readFiles(model, 'tfjs-graph', options);
  const { parsed, weights } = await loadedGraph(model);
  return importGraph(parsed, weights, options);
}

/** Reads the files of a model of either kind, which the files themselves tell.
 * @throws PatternLensError as `readLayersModel` and `readGraphModel` do. */
export async function readTfjsModel(
  files: Awaitable<TfjsFiles>,
  options: ReadTfjsOptions = {},
): Promise<Network> {
  checkOptions('adapter-tfjs', 'readTfjsModel', options, KINDS);
  return readFiles(await files, undefined, options);
}
