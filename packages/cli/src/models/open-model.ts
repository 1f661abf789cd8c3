import { dirname, extname, join } from 'node:path';
import {
  PatternLensError,
  type Network,
  type Plugin,
  resolveNetwork,
  type ResolvedNetwork,
} from '@patternlens/core';
import { parsePreprocessing, type Preprocessing } from '@patternlens/data';
import type { ModelValues } from '../arguments/shared-options.js';
import { fileSource, readBytes, statOf, textIfThere } from '../sources/file-bytes.js';
import { sampleShapeOf } from '../sources/open-source.js';
import { DEFAULT_MODEL, formatOf, type ModelFormatId } from './model-formats.js';
import { namingFile } from './naming-file.js';
import { parseLabels } from './parse-labels.js';
import { modelInFolder, shardsBeside } from './tfjs-file.js';

/** A model file that was read, with what lies beside it. */
export interface OpenedModel {
  /** As it was typed. */
  readonly path: string;
  /** The file that was read. */
  readonly file: string;
  /** The network as the file has it. */
  readonly asRead: Network;
  /** The network that is explained, with its plug-ins. */
  readonly network: ResolvedNetwork;
  /** The file itself. */
  readonly bytes: Uint8Array;
  readonly preprocessing?: Preprocessing | undefined;
  /** Class names by class number. */
  readonly labels?: readonly string[] | undefined;
  /** What it was read with, and is explained with. */
  readonly plugins: readonly Plugin[];
}

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

/** Sizes of free axes by input name, without the batch, or with `N` for it. */
type Shapes = Readonly<Record<string, readonly (number | 'N')[]>>;

/** What reads a model's network, given the sizes of its free axes. */
type NetworkReader = (options: {
  readonly shapes: Shapes;
  readonly plugins: readonly Plugin[];
}) => Promise<Network>;

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

async function tfjsReader(json: Uint8Array, file: string): Promise<NetworkReader> {
  const { readTfjsModel } = await import('@patternlens/adapter-tfjs');
  const shards = shardsBeside(file);
  return ({ shapes, plugins }) => readTfjsModel({ json, shards }, { shapes, plugins });
}

/** How a model of each format is read. */
const READERS: Readonly<
  Record<ModelFormatId, (bytes: Uint8Array, file: string) => Promise<NetworkReader>>
> = { onnx: onnxReader, tfjs: tfjsReader };

/** Reads a network; axes that it leaves free are bound by the shape of its samples, where that is known. */
async function readNetwork(
  read: NetworkReader,
  plugins: readonly Plugin[],
  shapes: Shapes,
  shapeOfData: (input: string) => Promise<readonly number[] | undefined>,
): Promise<Network> {
  try {
    return await read({ shapes, plugins });
  } catch (cause) {
    const input =
      cause instanceof PatternLensError && cause.code === 'invalid-shape'
        ? cause.subject.layer
        : undefined;
    const shape = input === undefined || shapes[input] ? undefined : await shapeOfData(input);
    if (input === undefined || shape === undefined) throw cause;
    return readNetwork(read, plugins, { ...shapes, [input]: shape }, shapeOfData);
  }
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
  const file = await modelFile(path);
  const bytes = await readBytes(file);
  const read = await READERS[formatOf(file, bytes)](bytes, file);
  const network = await readNetwork(read, plugins, values.shape, async (input) => {
    const source = values.input?.[input] ?? sources[0];
    return source === undefined ? undefined : sampleShapeOf(source);
  }).catch((cause: unknown) => {
    if (!(cause instanceof PatternLensError)) throw cause;
    throw namingFile(path, cause);
  });
  const preprocess =
    (await named(values.preprocess)) ?? (await besideModel(file, '.preprocess.json'));
  const labels = (await named(values.labels)) ?? (await besideModel(file, '.labels.txt'));
  return {
    path,
    file,
    asRead: network,
    network: resolveNetwork(network, { keepOutput: values.keepOutput, plugins }),
    bytes,
    preprocessing: preprocess && parsePreprocessing(preprocess.text, preprocess.path),
    labels: labels && parseLabels(labels.text, labels.path, network),
    plugins,
  };
}
