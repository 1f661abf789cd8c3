import { dirname, extname, join } from 'node:path';
import {
  PatternLensError,
  type Network,
  type Plugin,
  resolveNetwork,
  type ResolvedNetwork,
} from '@patternlens/core';
import type { ModelValues } from '../arguments/shared-options.js';
import { fileSource, readBytes, statOf, textIfThere } from '../sources/file-bytes.js';
import { sampleShapeOf } from '../sources/open-source.js';
import { DEFAULT_MODEL, formatOf, type ModelFormatId } from './model-formats.js';
import type { ClassLabels } from './class-labels.js';
import { namingFile } from './naming-file.js';
import { parseLabels } from './parse-labels.js';
import {
  filePreprocessing,
  namedPreprocessing,
  noPreprocessing,
  type PreprocessingChoice,
} from './preprocessing-choice.js';
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
  /** How images become its inputs. */
  readonly preprocessing: PreprocessingChoice;
  /** Class names by number. */
  readonly labels?: ClassLabels | undefined;
  /** What to tell the user, a line each. */
  readonly notes: readonly string[];
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

/** How images become inputs: as was said, or as a file beside the model says. It is never guessed. */
async function preprocessingOf(
  file: string,
  given: string | undefined,
): Promise<PreprocessingChoice> {
  if (given !== undefined) return namedPreprocessing(given);
  const beside = await besideModel(file, '.preprocess.json');
  return beside ? filePreprocessing(beside.text, beside.path) : noPreprocessing;
}

/** Sizes of free axes by input name, without the batch, or with `N` for it. */
type Shapes = Readonly<Record<string, readonly (number | 'N')[]>>;

/** What a model's network is read with. */
interface ReaderOptions {
  readonly shapes: Shapes;
  readonly plugins: readonly Plugin[];
  /** What is explained instead of the first output. */
  readonly output: string | undefined;
}

type NetworkReader = (options: ReaderOptions) => Promise<Network>;

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
  return (options) => readOnnx(bytes, { ...options, externalFiles });
}

async function tfjsReader(json: Uint8Array, file: string): Promise<NetworkReader> {
  const { readTfjsModel } = await import('@patternlens/adapter-tfjs');
  const shards = shardsBeside(file);
  return (options) => readTfjsModel({ json, shards }, options);
}

/** How a model of each format is read. */
const READERS: Readonly<
  Record<ModelFormatId, (bytes: Uint8Array, file: string) => Promise<NetworkReader>>
> = { onnx: onnxReader, tfjs: tfjsReader };

/** Reads a network; axes that it leaves free are bound by the shape of its samples, where that is known. */
async function readNetwork(
  read: NetworkReader,
  options: ReaderOptions,
  shapeOfData: (input: string) => Promise<readonly number[] | undefined>,
): Promise<Network> {
  const { shapes } = options;
  try {
    return await read(options);
  } catch (cause) {
    const input =
      cause instanceof PatternLensError && cause.code === 'invalid-shape'
        ? cause.subject.layer
        : undefined;
    const shape = input === undefined || shapes[input] ? undefined : await shapeOfData(input);
    if (input === undefined || shape === undefined) throw cause;
    return readNetwork(read, { ...options, shapes: { ...shapes, [input]: shape } }, shapeOfData);
  }
}

/** Class names of the file that is named, else of the one beside the model, which is about its first output: those that do not fit another are left aside. */
async function openLabels(
  file: string,
  { labels: path, output }: Pick<ModelValues, 'labels' | 'output'>,
  network: Network,
): Promise<Pick<OpenedModel, 'labels' | 'notes'>> {
  const given = await named(path);
  const found = given ?? (await besideModel(file, '.labels.txt'));
  if (!found) return { notes: [] };
  try {
    return { labels: parseLabels(found.text, found.path, network), notes: [] };
  } catch (cause) {
    if (given || output === undefined) throw cause;
    return { notes: [`"${found.path}" does not fit output "${output}", and is left aside`] };
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
  const { output, shape: shapes } = values;
  const network = await readNetwork(read, { shapes, plugins, output }, async (input) => {
    const source = values.input?.[input] ?? sources[0];
    return source === undefined ? undefined : sampleShapeOf(source);
  }).catch((cause: unknown) => {
    if (!(cause instanceof PatternLensError)) throw cause;
    throw namingFile(path, cause);
  });
  const labels = await openLabels(file, values, network);
  return {
    path,
    file,
    asRead: network,
    network: resolveNetwork(network, { keepOutput: values.keepOutput, plugins }),
    bytes,
    preprocessing: await preprocessingOf(file, values.preprocess),
    ...labels,
    plugins,
  };
}
