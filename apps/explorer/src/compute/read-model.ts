import type { Network } from '@patternlens/core';
import type { ModelFile, ModelFiles } from './model-files.js';

const bytesOf = async ({ content }: ModelFile): Promise<Uint8Array> =>
  new Uint8Array(await content.arrayBuffer());

/** What a model's file calls a file beside it: its path, or its name alone, since what was dropped may have lost its folders. */
const beside = (files: readonly ModelFile[], path: string): ModelFile | undefined =>
  files.find((file) => file.path === path) ??
  files.find((file) => file.path.split('/').at(-1) === path.split('/').at(-1));

/** Reads a model. Each importer is loaded when it is needed.
 * @throws PatternLensError as `readOnnx` and `readTfjsModel` do. */
export async function readModel({ format, files, shapes, output }: ModelFiles): Promise<Network> {
  const [model, ...others] = files as readonly [ModelFile, ...ModelFile[]];
  const options = { ...(shapes ? { shapes } : {}), ...(output ? { output } : {}) };
  if (format === 'onnx') {
    const { readOnnx } = await import('@patternlens/adapter-onnx');
    return readOnnx(await bytesOf(model), {
      ...options,
      externalFiles: (path) => {
        const file = beside(others, path);
        if (!file) return Promise.resolve(undefined);
        const read = async (offset: number, length: number): Promise<Uint8Array> =>
          new Uint8Array(await file.content.slice(offset, offset + length).arrayBuffer());
        return Promise.resolve({ size: file.content.size, read });
      },
    });
  }
  const { readTfjsModel } = await import('@patternlens/adapter-tfjs');
  const shards = async (path: string): Promise<Uint8Array | undefined> => {
    const file = beside(others, path);
    return file && bytesOf(file);
  };
  return readTfjsModel({ json: await bytesOf(model), shards }, options);
}
