import type { Plugin } from '@patternlens/core';
import {
  diskFile,
  isFile,
  modelInFolder,
  namedPreprocessing,
  namesOf,
  openModel as openModelFile,
  type OpenedModel as OpenedModelFile,
  textOf,
} from '@patternlens/explain/node';
import type { ModelValues } from '../arguments/shared-options.js';
import { sampleShapeOf } from '../sources/open-source.js';
import { DEFAULT_MODEL } from './model-names.js';

/** A model file that was read, with what lies beside it. */
export interface OpenedModel extends OpenedModelFile {
  /** As it was typed. */
  readonly path: string;
  /** The path of the file that was read. */
  readonly filePath: string;
}

async function modelFile(path: string): Promise<string> {
  if (path !== DEFAULT_MODEL) return modelInFolder(path);
  const { DEFAULT_NETWORK } = await import('@patternlens/data');
  const { fileURLToPath } = await import('node:url');
  return fileURLToPath(DEFAULT_NETWORK.url);
}

/** Reads a model file, and its preprocessing and class names where they are named or lie beside it (`MODEL.preprocess.json`, `MODEL.labels.txt`).
 * Free axes are bound by options, or by the sources.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function openModel(
  path: string,
  values: Omit<ModelValues, 'plugin'>,
  plugins: readonly Plugin[],
  sources: readonly string[] = [],
): Promise<OpenedModel> {
  const { output, shape: shapes, keepOutput, preprocess, labels } = values;
  const filePath = await modelFile(path);
  const opened = await openModelFile(diskFile(filePath, path), {
    shapes,
    plugins,
    output,
    keepOutput,
    preprocessing:
      preprocess === undefined
        ? undefined
        : await namedPreprocessing(preprocess, { fileAt: diskFile, isFile }, '--preprocess'),
    labels: labels === undefined ? undefined : namesOf(await textOf(diskFile(labels)), labels),
    labelsRemedy: 'Correct the file, or name another with --labels.',
    shapeOfData: async (input) => {
      const source = values.input?.[input] ?? sources[0];
      return source === undefined ? undefined : sampleShapeOf(source);
    },
  });
  return { ...opened, path, filePath };
}
