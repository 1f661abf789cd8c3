import {
  PatternLensError,
  type Network,
  type Plugin,
  resolveNetwork,
  type ResolvedNetwork,
} from '@patternlens/core';
import { endingOf, type NamedFile, textOf, wholeFile } from '../files/named-file.js';
import type { ClassLabels } from './class-labels.js';
import { formatOf } from './model-formats.js';
import {
  type InputShapes,
  type NetworkReader,
  READERS,
  type ReaderOptions,
} from './model-readers.js';
import { namingFile } from './naming-file.js';
import { classLabels, type LabelNames, namesOf } from './parse-labels.js';
import {
  filePreprocessing,
  noPreprocessing,
  type PreprocessingChoice,
} from './preprocessing-choice.js';

/** A network that is ready to be explained, and what is known of its inputs and classes. */
export interface ReadyModel {
  /** The network that is explained, with its plug-ins. */
  readonly network: ResolvedNetwork;
  /** How images become its inputs. */
  readonly preprocessing: PreprocessingChoice;
  /** Class names by number. */
  readonly labels?: ClassLabels | undefined;
}

/** A model file that was read, with what lies beside it. */
export interface OpenedModel extends ReadyModel {
  readonly file: NamedFile;
  /** The file itself. */
  readonly bytes: Uint8Array;
  /** The network as the file has it. */
  readonly asRead: Network;
  /** What to tell the user, a line each. */
  readonly notes: readonly string[];
  /** What it was read with, and is explained with. */
  readonly plugins: readonly Plugin[];
}

/** What a model is opened with. */
export interface OpenModelOptions {
  readonly shapes?: InputShapes | undefined;
  readonly plugins?: readonly Plugin[] | undefined;
  /** What is explained instead of the first output, by the name of its tensor or layer. */
  readonly output?: string | undefined;
  /** Explain the output behind its final softmax or sigmoid. */
  readonly keepOutput?: boolean | undefined;
  /** Unless given, that of the file beside the model: `MODEL.preprocess.json`. */
  readonly preprocessing?: PreprocessingChoice | undefined;
  /** Unless given, those of the file beside the model: `MODEL.labels.txt`. */
  readonly labels?: LabelNames | undefined;
  /** What to do where labels do not fit. */
  readonly labelsRemedy?: string | undefined;
  /** The shape of one sample of an input's data, where that is known: it binds axes that the file leaves free. */
  readonly shapeOfData?: ((input: string) => Promise<readonly number[] | undefined>) | undefined;
}

/** A text file beside the model, under the model's whole name or under its name without the ending. Nothing is asked of a network for what may not be there. */
async function besideModel(file: NamedFile, ending: string): Promise<NamedFile | undefined> {
  if (!file.isLocal) return undefined;
  const { fileName } = file;
  const stem = fileName.slice(0, fileName.length - endingOf(fileName).length);
  return (await file.beside(fileName + ending)) ?? file.beside(stem + ending);
}

/** How images become inputs: as a file beside the model says. It is never guessed. */
async function preprocessingBeside(file: NamedFile): Promise<PreprocessingChoice> {
  const beside = await besideModel(file, '.preprocess.json');
  return beside ? filePreprocessing(beside) : noPreprocessing;
}

/** Reads a network; axes that it leaves free are bound by the shape of its samples, where that is known. */
async function readNetwork(
  read: NetworkReader,
  options: ReaderOptions,
  shapeOfData: NonNullable<OpenModelOptions['shapeOfData']>,
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

/** Class names that were given, else those of the file beside the model, which is about its first output: those that do not fit another are left aside. */
async function openLabels(
  file: NamedFile,
  { labels: given, output, labelsRemedy }: OpenModelOptions,
  network: Network,
): Promise<Pick<OpenedModel, 'labels' | 'notes'>> {
  if (given) return { labels: classLabels(given, network, labelsRemedy), notes: [] };
  const found = await besideModel(file, '.labels.txt');
  if (!found) return { notes: [] };
  try {
    const names = namesOf(await textOf(found), found.name);
    return { labels: classLabels(names, network, labelsRemedy), notes: [] };
  } catch (cause) {
    if (output === undefined) throw cause;
    return { notes: [`"${found.name}" does not fit output "${output}", and is left aside`] };
  }
}

/** Reads a model file, and its preprocessing and class names where they are given or lie beside it (`MODEL.preprocess.json`, `MODEL.labels.txt`).
 * Free axes are bound by `shapes`, or by the data.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function openModel(
  file: NamedFile,
  options: OpenModelOptions = {},
): Promise<OpenedModel> {
  const { shapes = {}, plugins = [], output, keepOutput, preprocessing, shapeOfData } = options;
  const bytes = await wholeFile(file);
  const read = await READERS[formatOf(file.fileName, bytes)](bytes, file);
  const network = await readNetwork(
    read,
    { shapes, plugins, output },
    shapeOfData ?? (() => Promise.resolve(undefined)),
  ).catch((cause: unknown) => {
    if (!(cause instanceof PatternLensError)) throw cause;
    throw namingFile(file.name, cause);
  });
  const labels = await openLabels(file, options, network);
  return {
    file,
    asRead: network,
    network: resolveNetwork(network, { keepOutput, plugins }),
    bytes,
    preprocessing: preprocessing ?? (await preprocessingBeside(file)),
    ...labels,
    plugins,
  };
}
