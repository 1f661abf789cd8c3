import type { Network, Plugin } from '@patternlens/core';
import { type NamedFile, wholeFile } from '../files/named-file.js';
import type { ModelFormatId } from './model-formats.js';

/** Sizes of free axes by input name, without the batch, or with `N` for it. */
export type InputShapes = Readonly<Record<string, readonly (number | 'N')[]>>;

/** What a model's network is read with. */
export interface ReaderOptions {
  readonly shapes: InputShapes;
  readonly plugins: readonly Plugin[];
  /** What is explained instead of the first output. */
  readonly output: string | undefined;
}

export type NetworkReader = (options: ReaderOptions) => Promise<Network>;

/** Reads what lies beside a model of TensorFlow.js; its paths never leave the folder, which the importer checks. */
export const shardsBeside =
  (file: NamedFile) =>
  async (path: string): Promise<Uint8Array | undefined> => {
    const shard = await file.beside(path);
    return shard && wholeFile(shard);
  };

async function onnxReader(bytes: Uint8Array, file: NamedFile): Promise<NetworkReader> {
  const { readOnnx } = await import('@patternlens/adapter-onnx');
  const externalFiles = async (path: string) => (await file.beside(path))?.open();
  return (options) => readOnnx(bytes, { ...options, externalFiles });
}

async function tfjsReader(json: Uint8Array, file: NamedFile): Promise<NetworkReader> {
  const { readTfjsModel } = await import('@patternlens/adapter-tfjs');
  return (options) => readTfjsModel({ json, shards: shardsBeside(file) }, options);
}

/** How a model of each format is read. */
export const READERS: Readonly<
  Record<ModelFormatId, (bytes: Uint8Array, file: NamedFile) => Promise<NetworkReader>>
> = { onnx: onnxReader, tfjs: tfjsReader };
