import {
  createNetwork,
  formatShape,
  isBatch,
  messageOf,
  PatternLensError,
  shapeTracer,
  toFileLayout,
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type Network,
  type NetworkInput,
  type Parameter,
  type Shape,
} from '@patternlens/core';
import { fail, invalidModel } from '../read/tfjs-error.js';
import { isValueShape, LARGEST_VALUE } from './limits.js';
import { fromFirst, shapeInOrder, toFirst } from './order.js';
import type { Place } from './place.js';
import { prunedLayers, renamedValue } from './finish.js';
import type { RuntimeValue } from './values.js';

export type Parameters = Readonly<Record<string, Parameter | undefined>>;

/** What a layer is made of, beside its kind. */
export interface LayerParts<K extends LayerKind> {
  readonly inputs: readonly RuntimeValue[];
  readonly attributes: LayerAttributes[K];
  readonly parameters?: Parameters;
  /** A word behind the place's name, for what is not its main layer. */
  readonly word?: string | undefined;
}

function checkFinite(place: Place, name: string, { tensor, origin }: Parameter): void {
  // What is not finite leaves a difference to itself.
  const isOdd = (value: number): boolean => value - value !== 0;
  if (!tensor.data.some(isOdd)) return;
  const { data } = origin ? toFileLayout(tensor, origin) : tensor;
  const at = data.findIndex(isOdd);
  fail(
    'invalid-file',
    `${place.kind} "${place.name}": value ${at} of its ${name}${origin ? ` ("${origin.tensor}")` : ''} is ${data[at]!}. A network with such weights explains nothing; save the model again.`,
    { layer: place.name },
  );
}

/** The network that is being built, and both orders of the axes in which it holds its values. */
export class ImportContext {
  readonly changes: string[] = [];
  /** Plug-ins that layers come from, `NAME@VERSION`. */
  readonly plugins = new Set<string>();
  /** The file fixes its batch to 1, which is left free here. */
  readonly batchWasFixed: boolean;
  readonly #format: string;
  readonly #layers: Layer[] = [];
  readonly #names = new Set<string>();
  readonly #tracer = shapeTracer();
  readonly #inputs: readonly NetworkInput[];
  /** By a value's name, the name of the same value in the other order. */
  readonly #other = new Map<string, string>();

  constructor(format: string, inputs: readonly NetworkInput[], batchWasFixed: boolean) {
    this.#format = format;
    this.#inputs = inputs;
    this.batchWasFixed = batchWasFixed;
    for (const { name, shape } of inputs) {
      this.#names.add(name);
      this.#tracer.addInput(name, shape);
    }
  }

  input(index: number): RuntimeValue {
    const { name, shape } = this.#inputs[index]!;
    return { kind: 'runtime', name, shape, channelsFirst: false };
  }

  /** Adds a layer; its value has the order of axes that is named, and so has all that it reads.
   * @throws PatternLensError naming the place, where sizes do not agree. */
  layer<K extends LayerKind>(
    place: Place,
    kind: K,
    parts: LayerParts<K>,
    channelsFirst: boolean,
  ): RuntimeValue {
    const { inputs, attributes, parameters = {}, word } = parts;
    const kept: Record<string, Parameter> = {};
    for (const [key, value] of Object.entries(parameters)) {
      if (value === undefined) continue;
      checkFinite(place, key, value);
      kept[key] = value;
    }
    const name = this.#unique(word === undefined ? place.name : `${place.name}/${word}`);
    const layer = {
      kind,
      name,
      inputs: inputs.map((input) => input.name),
      output: name,
      attributes,
      parameters: kept,
    } as unknown as Layer;
    const shape = this.#trace(place, layer);
    this.#layers.push(layer);
    const first = channelsFirst && shape.length > 2;
    return {
      kind: 'runtime',
      name,
      shape: first ? shapeInOrder(shape, fromFirst(shape.length)) : shape,
      channelsFirst: first,
    };
  }

  /** The value as batch, channels, spatial. */
  first(value: RuntimeValue): RuntimeValue {
    const rank = value.shape.length;
    return value.channelsFirst || rank < 3 ? value : this.#turned(value, toFirst(rank), true);
  }

  /** The value in TensorFlow's own order. */
  plain(value: RuntimeValue): RuntimeValue {
    return value.channelsFirst ? this.#turned(value, fromFirst(value.shape.length), false) : value;
  }

  ordered(value: RuntimeValue, channelsFirst: boolean): RuntimeValue {
    return channelsFirst ? this.first(value) : this.plain(value);
  }

  #turned(value: RuntimeValue, permutation: number[], channelsFirst: boolean): RuntimeValue {
    const known = this.#other.get(value.name);
    if (known !== undefined) return { ...value, name: known, channelsFirst };
    const name = this.#unique(
      `${value.name}/${channelsFirst ? 'channels-first' : 'channels-last'}`,
    );
    const layer: Layer = {
      kind: 'transpose',
      name,
      inputs: [value.name],
      output: name,
      attributes: { permutation },
      parameters: {},
    };
    this.#tracer.addLayer(layer);
    this.#layers.push(layer);
    this.#other.set(value.name, name);
    this.#other.set(name, value.name);
    return { ...value, name, channelsFirst };
  }

  #trace(place: Place, layer: Layer): Shape {
    let shape: Shape;
    try {
      shape = this.#tracer.addLayer(layer);
    } catch (cause) {
      const ours = cause instanceof PatternLensError;
      const message = (ours ? cause.sentence : messageOf(cause)).replace(/\.?$/, '.');
      const known = ours && cause.code === 'invalid-network';
      return known ? place.unsupported(message, '') : place.invalid(message);
    }
    if (shape.filter(isBatch).length > 1)
      place.unsupported(
        `its value ${formatShape(shape)} mixes the samples of a batch. Only networks that treat every sample alone can be explained.`,
      );
    if (!isValueShape(shape))
      place.invalid(
        `its value has shape ${formatShape(shape)}; all sizes must be above 0, and a sample at most ${LARGEST_VALUE} values.`,
      );
    return shape;
  }

  #unique(name: string): string {
    let unique = name;
    for (let use = 2; this.#names.has(unique); use++) unique = `${name}#${use}`;
    this.#names.add(unique);
    return unique;
  }

  /** The finished network, whose output has the name that the file gives it, unless another value has it: that before a fused softmax, say. */
  build(output: RuntimeValue, name: string): Network {
    const explained = this.plain(output);
    if (this.#inputs.some((input) => input.name === explained.name))
      invalidModel('model', 'its output is its input. There is nothing to explain.');
    const layers = prunedLayers(this.#layers, explained.name);
    const taken = this.#names.has(name) && explained.name !== name;
    const named = taken ? explained.name : name;
    return createNetwork({
      format: this.#format,
      inputs: this.#inputs,
      outputs: [named],
      layers: renamedValue(layers, explained.name, named),
      changes: this.changes,
      batchWasFixed: this.batchWasFixed,
      ...(this.plugins.size === 0 ? {} : { plugins: [...this.plugins] }),
    });
  }
}
