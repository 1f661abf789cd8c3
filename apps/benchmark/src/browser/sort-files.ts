import { PatternLensError } from '@patternlens/core';
import { bytesOf, type GivenFile } from './given-file.js';
import type { ModelFormat } from './model-files.js';

/** What files are, as far as they tell without the model being read. */
export interface SortedFiles {
  /** The model's own file; the bundled network where there is none. */
  readonly model?: { readonly format: ModelFormat; readonly file: GivenFile } | undefined;
  readonly images: readonly GivenFile[];
  readonly preprocessing?: GivenFile | undefined;
  /** Weights that lie beside the model, or arrays of samples: the model says which of them it reads. */
  readonly others: readonly GivenFile[];
}

const IMAGE = /\.(jpe?g|png|webp|gif|avif|bmp)$/i;
const ARRAY = /\.(npy|gz|bin|idx\d?|idx\d?-ubyte)$|-ubyte$/i;
const PREPROCESSING = /preprocess\.json$/i;

function refuse(sentence: string): never {
  throw new PatternLensError('benchmark', 'invalid-file', sentence);
}

/** Whether a file is the JSON of a model of TensorFlow.js. */
async function isTfjsModel(file: GivenFile): Promise<boolean> {
  const text = new TextDecoder().decode(await bytesOf(file));
  return /"(modelTopology|weightsManifest)"\s*:/.test(text);
}

async function modelsAmong(
  files: readonly GivenFile[],
): Promise<readonly NonNullable<SortedFiles['model']>[]> {
  const models: NonNullable<SortedFiles['model']>[] = [];
  for (const file of files) {
    if (/\.onnx$/i.test(file.name)) models.push({ format: 'onnx', file });
    else if (!/\.json$/i.test(file.name)) continue;
    else if (await isTfjsModel(file)) models.push({ format: 'tfjs', file });
    else
      refuse(
        `${file.name} is neither the model.json of a model of TensorFlow.js nor a preprocessing file (NAME.preprocess.json). Leave it out.`,
      );
  }
  if (models.length > 0) return models;
  // A format that is not read: the reader of ONNX knows it by its content, and says so.
  return files
    .filter(({ name }) => !ARRAY.test(name))
    .slice(0, 1)
    .map((file) => ({ format: 'onnx', file }));
}

/** Tells files apart: the model by its ending, and JSON by its content.
 * @throws PatternLensError `invalid-file` where there are several models, or JSON that is none. */
export async function sortFiles(files: readonly GivenFile[]): Promise<SortedFiles> {
  const images = files.filter(({ name }) => IMAGE.test(name));
  const preprocessing = files.find(({ name }) => PREPROCESSING.test(name));
  const rest = files.filter(({ name }) => !IMAGE.test(name) && !PREPROCESSING.test(name));
  const models = await modelsAmong(rest);
  if (models.length > 1)
    refuse(
      `expected one model, got ${models.map(({ file }) => file.name).join(', ')}. Choose the files of one.`,
    );
  const [model] = models;
  return { model, images, preprocessing, others: rest.filter((file) => file !== model?.file) };
}
