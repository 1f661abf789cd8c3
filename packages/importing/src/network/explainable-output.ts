import { type Network, PatternLensError, type Shape } from '@patternlens/core';
import { formatShape } from '@patternlens/core/tensor';

/** What of a file may be explained, and how it is read. */
export interface ExplainableFile {
  /** Its outputs; the first is explained where none is asked for. */
  readonly outputs: readonly string[];
  /** Values in front of its outputs, the nearest first, which are tried where no output can be explained. */
  readonly inside: () => Iterable<string>;
  /** Reads what leads to an output, or to a value inside. */
  readonly read: (name: string) => Network | Promise<Network>;
}

/** Values inside that are tried. */
const MOST_TRIED = 12;

/** Errors that are about one output, which another may be free of. */
const OF_OUTPUTS: readonly unknown[] = [
  'unsupported-operation',
  'unsupported-layer',
  'invalid-file',
  'invalid-network',
];

const isOfOutput = (cause: unknown): cause is PatternLensError =>
  cause instanceof PatternLensError && OF_OUTPUTS.includes(cause.code);

/** Whether a value is a comparison, moved or not: true or false, so that no gradient passes. */
function isComparison({ layers, outputs }: Network): boolean {
  const makers = new Map(layers.map((layer) => [layer.output, layer]));
  let maker = makers.get(outputs[0]!);
  while (maker && ['identity', 'reshape', 'transpose'].includes(maker.kind))
    maker = makers.get(maker.inputs[0]!);
  return maker?.kind === 'compare';
}

/** The shape of a value that can be explained; undefined where it cannot be. */
async function shapeOf(
  { read }: ExplainableFile,
  name: string,
): Promise<Shape | 'unbound' | undefined> {
  try {
    const network = await read(name);
    return isComparison(network) ? undefined : network.shapes.get(network.outputs[0]!);
  } catch (cause) {
    // Its axes are yet to be bound, which comes behind all other checks.
    if (cause instanceof PatternLensError && cause.code === 'invalid-shape') return 'unbound';
    if (cause instanceof PatternLensError) return undefined;
    throw cause;
  }
}

/** Words for a value that can be explained; undefined where it cannot be. */
async function explainable(file: ExplainableFile, name: string): Promise<string | undefined> {
  const shape = await shapeOf(file, name);
  if (shape === undefined) return undefined;
  return shape === 'unbound' ? `"${name}"` : `"${name}" ${formatShape(shape)}`;
}

/** The remedy where the first output cannot be explained, and something else can. */
async function remedy(file: ExplainableFile): Promise<string | undefined> {
  const choose = (name: string): string => `--output ${name} (output: '${name}' in code)`;
  for (const name of file.outputs.slice(1)) {
    const words = await explainable(file, name);
    if (words !== undefined)
      return `Its output ${words} can be explained: choose it with ${choose(name)}.`;
  }
  let tried = 0;
  for (const name of file.inside()) {
    if (++tried > MOST_TRIED) return undefined;
    const words = await explainable(file, name);
    if (words !== undefined)
      return `The value ${words} in front of it can be explained: choose it with ${choose(name)}.`;
  }
  return undefined;
}

/** The network with the shapes of other outputs that the file does not state, where they can be read. */
async function withShapes(file: ExplainableFile, network: Network): Promise<Network> {
  const { fileOutputs = [] } = network;
  const unknown = fileOutputs.filter(({ shape, explained }) => !shape && !explained);
  if (unknown.length === 0) return network;
  const found = new Map<string, Shape>();
  for (const { name } of unknown) {
    const shape = await shapeOf(file, name);
    if (shape !== undefined && shape !== 'unbound') found.set(name, shape);
  }
  const listed = fileOutputs.map((output) => ({
    ...output,
    shape: output.shape ?? found.get(output.name),
  }));
  return { ...network, fileOutputs: listed };
}

/** Reads what leads to the output that is asked for, else to the first.
 * @throws PatternLensError where it cannot be explained: where something else of the file can be, with its name. */
export async function readExplained(
  file: ExplainableFile,
  asked: string | undefined,
): Promise<Network> {
  if (asked !== undefined) return withShapes(file, await file.read(asked));
  let network: Network;
  try {
    network = await file.read(file.outputs[0]!);
  } catch (cause) {
    if (!isOfOutput(cause)) throw cause;
    const further = await remedy(file);
    if (further === undefined) throw cause;
    const { scope, code, sentence, subject } = cause;
    throw new PatternLensError(scope, code, `${sentence} ${further}`, subject, cause);
  }
  return withShapes(file, network);
}
