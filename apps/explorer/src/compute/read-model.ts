import type { Network } from '@patternlens/core';
import { CallFailure } from './call-failure.js';
import { missingFiles } from './missing-files.js';
import { shardPaths } from './shard-paths.js';
import type { ModelFile, ModelFiles } from './model-files.js';

const bytesOf = async ({ content }: ModelFile): Promise<Uint8Array> =>
  new Uint8Array(await content.arrayBuffer());

/** What a model's file calls a file beside it: its path, or its name alone, since what was dropped may have lost its folders. */
const beside = (files: readonly ModelFile[], path: string): ModelFile | undefined =>
  files.find((file) => file.path === path) ??
  files.find((file) => file.path.split('/').at(-1) === path.split('/').at(-1));

/** Reads a model. Each importer is loaded when it is needed.
 * @throws CallFailure `missing-file` naming all files that the model needs and that are not there.
 * @throws PatternLensError as `readOnnx` and `readTfjsModel` do. */
export async function readModel(given: ModelFiles): Promise<Network> {
  const missing = new Set<string>();
  try {
    return await readFrom(given, (path) => {
      missing.add(path);
    });
  } catch (cause) {
    if (missing.size === 0) throw cause;
    throw new CallFailure(missingFiles([...missing], given.files[0]!.path, cause));
  }
}

/** Reads a model of TensorFlow.js once all its shards are there. */
async function readLayers(
  [model, ...others]: readonly [ModelFile, ...ModelFile[]],
  options: object,
  miss: (path: string) => void,
): Promise<Network> {
  const { readTfjsModel } = await import('./tfjs-reader.js');
  const json = await bytesOf(model);
  const missing = shardPaths(new TextDecoder().decode(json)).filter(
    (path) => !beside(others, path),
  );
  missing.forEach(miss);
  if (missing.length > 0) throw new Error('Shards are missing.');
  const shards = async (path: string): Promise<Uint8Array | undefined> => {
    const file = beside(others, path);
    return file && bytesOf(file);
  };
  return readTfjsModel({ json, shards }, options);
}

async function readFrom(
  { format, files, shapes, output }: ModelFiles,
  miss: (path: string) => void,
): Promise<Network> {
  const [model, ...others] = files as readonly [ModelFile, ...ModelFile[]];
  const options = { ...(shapes ? { shapes } : {}), ...(output ? { output } : {}) };
  if (format === 'onnx') {
    const { readOnnx } = await import('./onnx-reader.js');
    return readOnnx(await bytesOf(model), {
      ...options,
      externalFiles: (path) => {
        const file = beside(others, path);
        if (!file) {
          miss(path);
          return Promise.resolve(undefined);
        }
        const read = async (offset: number, length: number): Promise<Uint8Array> =>
          new Uint8Array(await file.content.slice(offset, offset + length).arrayBuffer());
        return Promise.resolve({ size: file.content.size, read });
      },
    });
  }
  return readLayers([model, ...others], options, miss);
}
