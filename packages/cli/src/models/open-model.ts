import { dirname, extname, join } from 'node:path';
import type { ShardReader } from '@patternlens/adapter-tfjs';
import { PatternLensError, type Network, type Plugin } from '@patternlens/core';
import { parsePreprocessing, type Preprocessing } from '@patternlens/data';
import { namingFile } from './naming-file.js';
import { parseLabels } from './parse-labels.js';
import { fileSource, readBytes, statOf, textIfThere } from '../sources/file-bytes.js';
import { isTfjsFile, modelInFolder, shardsBeside } from './tfjs-file.js';

/** A model file that was read, with what lies beside it. */
export interface OpenedModel {
  /** As it was typed. */
  readonly path: string;
  /** The file that was read. */
  readonly file: string;
  readonly network: Network;
  /** The file itself. */
  readonly bytes: Uint8Array;
  /** Reads the weights beside a model of TensorFlow.js. */
  readonly shards?: ShardReader | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  /** Class names by class number. */
  readonly labels?: readonly string[] | undefined;
  /** What it was read with, and is explained with. */
  readonly plugins: readonly Plugin[];
}

export interface ModelOptions {
  /** Sizes of free axes by input name, without the batch. */
  readonly shapes?: Readonly<Record<string, readonly number[]>> | undefined;
  /** The preprocessing file, where not the one beside the model. */
  readonly preprocess?: string | undefined;
  /** The file of class names, where not the one beside the model. */
  readonly labels?: string | undefined;
  readonly plugins?: readonly Plugin[] | undefined;
  /** The shape of an input's samples, asked for where the model leaves axes free. */
  readonly shapeOfData?: ((input: string) => Promise<readonly number[] | undefined>) | undefined;
}

/** The name that stands for the network that comes with the command. */
export const DEFAULT_MODEL = 'default';

async function modelFile(path: string): Promise<string> {
  if (path !== DEFAULT_MODEL) return modelInFolder(path);
  const { DEFAULT_NETWORK } = await import('@patternlens/data');
  const { fileURLToPath } = await import('node:url');
  return fileURLToPath(DEFAULT_NETWORK.url);
}

/** A text file beside the model, under the model's whole name or under its name without the ending. */
async function besideModel(
  file: string,
  ending: string,
): Promise<{ text: string; path: string } | undefined> {
  const names = [
    `${file}${ending}`,
    `${file.slice(0, file.length - extname(file).length)}${ending}`,
  ];
  for (const path of names) {
    const text = await textIfThere(path);
    if (text !== undefined) return { text, path };
  }
  return undefined;
}

async function named(
  path: string | undefined,
): Promise<{ text: string; path: string } | undefined> {
  return path === undefined
    ? undefined
    : { text: new TextDecoder().decode(await readBytes(path)), path };
}

/** What reads a model's network, given the sizes of its free axes. */
type NetworkReader = (options: Pick<ModelOptions, 'shapes' | 'plugins'>) => Promise<Network>;

async function onnxReader(bytes: Uint8Array, file: string): Promise<NetworkReader> {
  const { readOnnx } = await import('@patternlens/adapter-onnx');
  const folder = dirname(file);
  const externalFiles = async (path: string) => {
    const place = join(folder, path);
    return (await statOf(place).then(
      ({ isFolder }) => !isFolder,
      () => false,
    ))
      ? fileSource(place)
      : undefined;
  };
  return ({ shapes, plugins }) => readOnnx(bytes, { shapes, plugins, externalFiles });
}

async function tfjsReader(json: Uint8Array, shards: ShardReader): Promise<NetworkReader> {
  const { readTfjsModel } = await import('@patternlens/adapter-tfjs');
  return ({ shapes, plugins }) => readTfjsModel({ json, shards }, { shapes, plugins });
}

async function readNetwork(read: NetworkReader, options: ModelOptions): Promise<Network> {
  try {
    return await read(options);
  } catch (cause) {
    const input =
      cause instanceof PatternLensError && cause.code === 'invalid-shape'
        ? cause.subject.layer
        : undefined;
    const shape =
      input === undefined || options.shapes?.[input]
        ? undefined
        : await options.shapeOfData?.(input);
    if (input === undefined || shape === undefined) throw cause;
    return readNetwork(read, { ...options, shapes: { ...options.shapes, [input]: shape } });
  }
}

/** Reads a model file, and its preprocessing and class names where they are named or lie beside it (`MODEL.preprocess.json`, `MODEL.labels.txt`).
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function openModel(path: string, options: ModelOptions = {}): Promise<OpenedModel> {
  const file = await modelFile(path);
  const bytes = await readBytes(file);
  const shards = isTfjsFile(file, bytes) ? shardsBeside(file) : undefined;
  const read = await (shards ? tfjsReader(bytes, shards) : onnxReader(bytes, file));
  const network = await readNetwork(read, options).catch((cause: unknown) => {
    if (!(cause instanceof PatternLensError)) throw cause;
    throw namingFile(path, cause);
  });
  const preprocess =
    (await named(options.preprocess)) ?? (await besideModel(file, '.preprocess.json'));
  const labels = (await named(options.labels)) ?? (await besideModel(file, '.labels.txt'));
  return {
    path,
    file,
    network,
    bytes,
    shards,
    preprocessing: preprocess && parsePreprocessing(preprocess.text, preprocess.path),
    labels: labels && parseLabels(labels.text, labels.path, network),
    plugins: options.plugins ?? [],
  };
}
