import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { nearestName } from '../errors/nearest-name.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { Layer } from '../layers/layer.js';
import type { Dim, Shape } from '../tensor/shape.js';
import { shapeTracer } from './shape-tracer.js';
import { sortLayers } from './sort-layers.js';

/** An input of a network. */
export interface NetworkInput {
  readonly name: string;
  /** Its shape, with the batch at axis 0. */
  readonly shape: Shape;
  /** Where the model itself has the batch, if not at axis 0: arrays that are given for it are in the model's own layout, `[layers, N, h]` for 1, and so is what is
   * explained of them. */
  readonly batchAxis?: number;
}

/** An output of a model file. */
export interface FileOutput {
  readonly name: string;
  /** As the file states it, a free size by the file's word for it; undefined where it says nothing. */
  readonly shape?: readonly (Dim | string)[] | undefined;
  /** It is the one that the network explains. */
  readonly explained: boolean;
}

/** A network as an immutable graph of layers. Readers of model files make one (`readOnnx`, `readLayersModel`, `readGraphModel`), or `createNetwork` of
 * `@patternlens/core/network`. */
export interface Network {
  /** What the file was: `onnx`, `tfjs-layers`, ... */
  readonly format: string;
  readonly inputs: readonly NetworkInput[];
  /** Names of the values that the network returns; the first is explained. */
  readonly outputs: readonly string[];
  /** In an order in which every layer comes after those that it reads. */
  readonly layers: readonly Layer[];
  /** The shape of every value, by its name. */
  readonly shapes: ReadonlyMap<string, Shape>;
  /** What was changed since the file was read, in sentences. */
  readonly changes: readonly string[];
  /** The file fixes its batch; the network here leaves it free. */
  readonly batchWasFixed: boolean;
  /** The number of samples that it fixes it to, and takes at once itself. */
  readonly fixedBatch?: number | undefined;
  /** Plug-ins, `NAME@VERSION`, that read layers of it or changed it. */
  readonly plugins?: readonly string[];
  /** All outputs of the file, those that were not read among them; the value inside that is explained instead of them stands last. */
  readonly fileOutputs?: readonly FileOutput[];
  /** Inputs of the file that were not read, since what is explained does not depend on them. */
  readonly unusedInputs?: readonly string[];
}

export interface NetworkDefinition {
  readonly format?: string;
  readonly inputs: readonly NetworkInput[];
  readonly outputs: readonly string[];
  readonly layers: readonly Layer[];
  readonly changes?: readonly string[];
  readonly batchWasFixed?: boolean;
  readonly fixedBatch?: number | undefined;
  readonly plugins?: readonly string[];
  readonly fileOutputs?: readonly FileOutput[];
  readonly unusedInputs?: readonly string[];
}

/** Checks a whole network and infers the shape of every value.
 * @throws PatternLensError `invalid-network` naming the layer or value at fault. */
export function createNetwork(definition: NetworkDefinition): Network {
  const { inputs, outputs } = definition;
  const made = new Set(inputs.map((input) => input.name));
  const names = new Set<string>();
  for (const layer of definition.layers) {
    if (names.has(layer.name)) fail(layer, 'its name is used twice');
    if (made.has(layer.output))
      fail(layer, `it makes the value "${layer.output}", which exists already`);
    names.add(layer.name);
    made.add(layer.output);
  }
  for (const layer of definition.layers) {
    const missing = layer.inputs.find((input) => !made.has(input));
    if (missing !== undefined) fail(layer, `it reads "${missing}", which nothing makes`);
  }
  const lost = outputs.find((output) => !made.has(output));
  if (lost !== undefined || outputs.length === 0) {
    throw new PatternLensError(
      'core',
      'invalid-network',
      `network: ${lost === undefined ? 'it has no output' : `nothing makes its output "${lost}"`}.`,
    );
  }
  const layers = sortLayers(
    inputs.map((input) => input.name),
    definition.layers,
  );
  const tracer = shapeTracer();
  for (const { name, shape } of inputs) tracer.addInput(name, shape);
  for (const layer of layers) tracer.addLayer(layer);
  return {
    format: definition.format ?? 'code',
    inputs,
    outputs,
    layers,
    shapes: tracer.shapes,
    changes: definition.changes ?? [],
    batchWasFixed: definition.batchWasFixed ?? false,
    ...(definition.fixedBatch === undefined ? {} : { fixedBatch: definition.fixedBatch }),
    ...(definition.plugins === undefined ? {} : { plugins: definition.plugins }),
    ...(definition.fileOutputs === undefined ? {} : { fileOutputs: definition.fileOutputs }),
    ...(definition.unusedInputs === undefined ? {} : { unusedInputs: definition.unusedInputs }),
  };
}

function fail(layer: Layer, message: string): never {
  throw new PatternLensError('core', 'invalid-network', `layer "${layer.name}": ${message}.`, {
    layer: layer.name,
  });
}

/** The network with other layers or outputs over the same values, not checked again; its changes are extended. */
export function changeNetwork<N extends Network>(
  network: N,
  changed: Partial<NetworkDefinition>,
): N {
  return { ...network, ...changed, changes: [...network.changes, ...(changed.changes ?? [])] };
}

/** The layers that read a value. */
export function readersOf(network: Network, value: string): Layer[] {
  return network.layers.filter((layer) => layer.inputs.includes(value));
}

/** The layer that makes a value; undefined for an input of the network. */
export function makerOf(network: Network, value: string): Layer | undefined {
  return network.layers.find((layer) => layer.output === value);
}

/** What the file, or the network, calls the value that is explained. */
export const explainedName = ({ fileOutputs, outputs }: Network): string =>
  fileOutputs?.find(({ explained }) => explained)?.name ?? outputs[0]!;

const LAYER_NAME = expects.required({ ...expects.text, expected: 'the name of a layer' });

/** @throws PatternLensError `invalid-argument` where the network has no such layer, with the nearest name. */
export function layerNamed(network: Network, name: string): Layer {
  checkArgument('core', 'layer', name, LAYER_NAME);
  const layer = network.layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  const names = network.layers.map((candidate) => candidate.name);
  const nearest = nearestName(name, names);
  const remedy =
    nearest === undefined
      ? `Layers: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}.`
      : `Did you mean "${nearest}"?`;
  throw new PatternLensError('core', 'invalid-argument', `there is no layer "${name}". ${remedy}`, {
    layer: name,
  });
}
