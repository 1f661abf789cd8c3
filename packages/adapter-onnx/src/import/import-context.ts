import {
  createNetwork,
  formatShape,
  isBatch,
  PatternLensError,
  shapeTracer,
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type Network,
  type NetworkInput,
  type Origin,
  type Parameter,
  type Shape,
  type Tensor,
} from '@patternlens/core';
import type { ConstantValue, Imported, RuntimeValue } from './imported.js';
import type { NodeView } from './node-view.js';
import { isValueShape, LARGEST_VALUE } from './ops/limits.js';

export type Parameters = Readonly<Record<string, Parameter | Tensor | ConstantValue | undefined>>;

function asParameter(value: Parameter | Tensor | ConstantValue): Parameter {
  if ('kind' in value)
    return value.origin ? { tensor: value.tensor, origin: value.origin } : { tensor: value.tensor };
  return 'tensor' in value ? value : { tensor: value };
}

function checkFinite(node: string, name: string, { tensor, origin }: Parameter): void {
  // What is not finite leaves a difference to itself.
  const place = tensor.data.findIndex((value) => value - value !== 0);
  if (place < 0) return;
  throw new PatternLensError(
    'adapter-onnx',
    'invalid-file',
    `node "${node}": value ${place} of its ${name}${origin ? ` ("${origin.tensor}")` : ''} is ${tensor.data[place]!}. A network with such weights explains nothing; export it again.`,
    { layer: node },
  );
}

/** @throws PatternLensError where a value holds the batch twice, nothing at all, or more than fits. */
function checkShape({ name }: Layer, shape: Shape): void {
  if (shape.filter(isBatch).length > 1)
    throw new PatternLensError(
      'adapter-onnx',
      'unsupported-operation',
      `node "${name}": its value ${formatShape(shape)} mixes the samples of a batch. Only networks that treat every sample alone can be explained.`,
      { layer: name },
    );
  if (!isValueShape(shape))
    throw new PatternLensError(
      'adapter-onnx',
      'invalid-file',
      `node "${name}": its value has shape ${formatShape(shape)}; all sizes must be above 0, and a sample at most ${LARGEST_VALUE} values. Check the model's shapes.`,
      { layer: name },
    );
}

/** The network that is being built out of a graph, and the values that its names stand for. */
export class ImportContext {
  readonly values = new Map<string, Imported>();
  readonly changes: string[] = [];
  /** Plug-ins that layers come from, `NAME@VERSION`. */
  readonly plugins = new Set<string>();
  /** The file fixes its batch to 1, which is left free here. */
  readonly batchWasFixed: boolean;
  readonly #layers: Layer[] = [];
  readonly #names = new Set<string>();
  readonly #tracer = shapeTracer();
  readonly #inputs: readonly NetworkInput[];

  constructor(inputs: readonly NetworkInput[], batchWasFixed: boolean) {
    this.#inputs = inputs;
    this.batchWasFixed = batchWasFixed;
    for (const { name, shape } of inputs) {
      this.#tracer.addInput(name, shape);
      this.values.set(name, { kind: 'runtime', name, shape });
    }
  }

  /** Adds a layer whose value is the node's first output. */
  layer<K extends LayerKind>(
    node: NodeView,
    kind: K,
    inputs: readonly RuntimeValue[],
    attributes: LayerAttributes[K],
    parameters: Parameters = {},
  ): RuntimeValue {
    const output = node.outputs[0]!;
    const made = this.#add(this.#unique(node.name), output, kind, inputs, attributes, parameters);
    this.values.set(output, made);
    return made;
  }

  /** Adds a layer that only steps towards a node's value, under the node's name and a word for the step. */
  step<K extends LayerKind>(
    node: NodeView,
    word: string,
    kind: K,
    inputs: readonly RuntimeValue[],
    attributes: LayerAttributes[K],
    parameters: Parameters = {},
  ): RuntimeValue {
    const name = this.#unique(`${node.name}/${word}`);
    return this.#add(name, `${name}:value`, kind, inputs, attributes, parameters);
  }

  /** Adds a layer for one of several outputs of a node. */
  output<K extends LayerKind>(
    node: NodeView,
    index: number,
    kind: K,
    inputs: readonly RuntimeValue[],
    attributes: LayerAttributes[K],
  ): void {
    const output = node.outputs[index]!;
    this.values.set(
      output,
      this.#add(
        this.#unique(index === 0 ? node.name : `${node.name}:${index}`),
        output,
        kind,
        inputs,
        attributes,
        {},
      ),
    );
  }

  #add<K extends LayerKind>(
    name: string,
    output: string,
    kind: K,
    inputs: readonly RuntimeValue[],
    attributes: LayerAttributes[K],
    given: Parameters,
  ): RuntimeValue {
    const parameters: Record<string, Parameter> = {};
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined) continue;
      parameters[key] = asParameter(value);
      checkFinite(name, key, parameters[key]);
    }
    const layer = {
      kind,
      name,
      inputs: inputs.map((input) => input.name),
      output,
      attributes,
      parameters,
    } as unknown as Layer;
    const shape: Shape = this.#tracer.addLayer(layer);
    checkShape(layer, shape);
    this.#layers.push(layer);
    return { kind: 'runtime', name: output, shape };
  }

  #unique(name: string): string {
    let unique = name;
    for (let use = 2; this.#names.has(unique); use++) unique = `${name}#${use}`;
    this.#names.add(unique);
    return unique;
  }

  build(outputs: readonly string[]): Network {
    return createNetwork({
      format: 'onnx',
      inputs: this.#inputs,
      outputs,
      layers: this.#layers,
      changes: this.changes,
      batchWasFixed: this.batchWasFixed,
      ...(this.plugins.size === 0 ? {} : { plugins: [...this.plugins] }),
    });
  }
}

/** Where numbers of the file come from. */
export const originOf = (name: string, shape: readonly number[]): Origin => ({
  tensor: name,
  shape,
  steps: [],
});
