import { type Network, type NetworkInput, type Shape } from '@patternlens/core';
import {
  createNetwork,
  shapeTracer,
  toFileLayout,
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type Parameter,
} from '@patternlens/core/network';
import { formatShape, isBatch } from '@patternlens/core/tensor';
import { Place, SAMPLES_ALONE } from '../place/place.js';
import { fail, type Voice } from '../place/voice.js';
import {
  channelsFirst,
  isModelOrder,
  modelOrder,
  modelShape,
  sameOrder,
  type AxisOrder,
} from '../values/axis-order.js';
import { isValueShape, LARGEST_VALUE } from '../values/limits.js';
import type { RuntimeValue } from '../values/values.js';
import type { BoundInput } from '../place/input-shape.js';
import { type FilePorts, leftOut, listedOutputs } from './file-ports.js';
import { prunedLayers, renamedValue } from './finish.js';

/** What is said of a network whose numbers are rounded. */
export const QUANTISED = 'quantised: explained as the float network that it approximates';

export type Parameters = Readonly<Record<string, Parameter | undefined>>;

export interface ContextParts {
  readonly format: string;
  readonly voice: Voice;
  readonly inputs: readonly BoundInput[];
  /** The file names its values, which are not the layers that make them: inputs and layers may have the same names then. */
  readonly namesValues: boolean;
}

/** A word for an order of axes, which the transpose that makes it is named after. */
function orderWord(order: AxisOrder): string {
  if (isModelOrder(order)) return 'channels-last';
  return sameOrder(order, channelsFirst(order.length))
    ? 'channels-first'
    : `axes-${order.join('-')}`;
}

function checkFinite(place: Place, name: string, { tensor, origin }: Parameter): void {
  // What is not finite leaves a difference to itself.
  const isOdd = (value: number): boolean => value - value !== 0;
  if (!tensor.data.some(isOdd)) return;
  const { data } = origin ? toFileLayout(tensor, origin) : tensor;
  const at = data.findIndex(isOdd);
  place.invalid(
    `value ${at} of its ${name}${origin ? ` ("${origin.tensor}")` : ''} is ${data[at]!}. A network with such weights explains nothing;`,
    `${place.voice.verb} the model again.`,
  );
}

/** The network that is being built, and the orders of axes in which it holds its values. */
export class ImportContext {
  readonly changes: string[] = [];
  /** Plug-ins that layers come from, `NAME@VERSION`. */
  readonly plugins = new Set<string>();
  /** The file fixes its batch to 1, which is left free here. */
  readonly batchWasFixed: boolean;
  readonly #parts: ContextParts;
  readonly #inputs: readonly NetworkInput[];
  readonly #layers: Layer[] = [];
  readonly #names: Set<string>;
  readonly #tracer = shapeTracer();
  /** What each layer makes, by its name. */
  readonly #made = new Map<string, RuntimeValue>();
  /** By the name of a value, the names of the same value in every order that it was brought into. */
  readonly #orders = new Map<string, Map<string, string>>();

  constructor(parts: ContextParts) {
    this.#parts = parts;
    this.#inputs = parts.inputs.map(({ name, shape }) => ({ name, shape }));
    this.batchWasFixed = parts.inputs.some(({ batchWasFixed }) => batchWasFixed);
    this.#names = new Set(parts.namesValues ? [] : this.#inputs.map(({ name }) => name));
    for (const { name, shape } of this.#inputs) this.#tracer.addInput(name, shape);
  }

  /** The values of the network's inputs. */
  inputs(): RuntimeValue[] {
    return this.#parts.inputs.map(({ name, shape, order = modelOrder(shape.length) }) => ({
      kind: 'runtime',
      name,
      shape: modelShape(shape, order),
      order,
    }));
  }

  /** Adds a layer, whose attributes and parameters are about the network's axes.
   * @param order Of its value's axes; without it that of the first input, where it has as many axes, else the model's.
   * @throws PatternLensError naming the place, where sizes do not agree. */
  layer<K extends LayerKind>(
    place: Place,
    kind: K,
    inputs: readonly RuntimeValue[],
    attributes: LayerAttributes[K],
    parameters: Parameters = {},
    order?: AxisOrder,
  ): RuntimeValue {
    const kept: Record<string, Parameter> = {};
    for (const [key, value] of Object.entries(parameters)) {
      if (value === undefined) continue;
      checkFinite(place, key, value);
      kept[key] = value;
    }
    const name = this.#unique(place.layer);
    const output = place.value(name);
    const read = inputs.map((input) => input.name);
    const layer = { kind, name, inputs: read, output, attributes, parameters: kept };
    const shape = this.#trace(place, layer as unknown as Layer);
    this.#layers.push(layer as unknown as Layer);
    const like = order ?? inputs[0]?.order;
    const held = like?.length === shape.length ? like : modelOrder(shape.length);
    const made = {
      kind: 'runtime',
      name: output,
      shape: modelShape(shape, held),
      order: held,
    } as const;
    this.#made.set(name, made);
    return made;
  }

  /** What the layer of that name makes, or undefined. */
  valueOf(layer: string): RuntimeValue | undefined {
    return this.#made.get(layer);
  }

  /** The names of all layers. */
  layerNames(): string[] {
    return [...this.#made.keys()];
  }

  /** Says once, in the network's changes, what holds for all of it. */
  tell(change: string): void {
    if (!this.changes.includes(change)) this.changes.push(change);
  }

  /** The layer that makes a value; undefined for inputs. */
  maker(value: string): Layer | undefined {
    return this.#layers.findLast(({ output }) => output === value);
  }

  /** The value in the model's own order. */
  plain(value: RuntimeValue): RuntimeValue {
    return this.ordered(value, modelOrder(value.shape.length));
  }

  /** The value with its axes in the given order, behind a transpose where it does not have it. */
  ordered(value: RuntimeValue, order: AxisOrder): RuntimeValue {
    if (sameOrder(value.order, order)) return value;
    const known = this.#orders.get(value.name) ?? new Map([[value.order.join(), value.name]]);
    const before = known.get(order.join());
    if (before !== undefined) return { ...value, name: before, order };
    const permutation = order.map((axis) => value.order.indexOf(axis));
    const names = {
      kind: 'transpose',
      name: value.name,
      layer: `${value.name}/${orderWord(order)}`,
    };
    const place = new Place(this.#parts.voice, names);
    const turned = this.layer(place, 'transpose', [value], { permutation }, {}, order);
    known.set(order.join(), turned.name);
    this.#orders.set(value.name, known).set(turned.name, known);
    return turned;
  }

  #trace(place: Place, layer: Layer): Shape {
    let shape: Shape;
    try {
      shape = this.#tracer.addLayer(layer);
    } catch (cause) {
      return place.voice.refused(place, cause);
    }
    if (shape.filter(isBatch).length > 1)
      place.unsupported(
        `its value ${formatShape(shape)} mixes the samples of a batch.`,
        SAMPLES_ALONE,
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

  /** The finished network: the layers that a value depends on, and the inputs that they read.
   * @param name What the file calls the value: the network calls it so too, unless another value has the name (that before a fused softmax, say).
   * @param file What the file has, read or not. */
  build(value: RuntimeValue, name: string, file: FilePorts = { inputs: [], outputs: [] }): Network {
    const { format, voice, namesValues } = this.#parts;
    const explained = this.plain(value);
    if (this.#inputs.some((input) => input.name === explained.name))
      fail(voice, 'invalid-file', 'its output is its input. There is nothing to explain.', {
        about: 'model',
      });
    const taken = namesValues || (this.#names.has(name) && explained.name !== name);
    const named = taken ? explained.name : name;
    const layers = prunedLayers(this.#layers, explained.name);
    const read = new Set(layers.flatMap((layer) => layer.inputs));
    const unusedInputs = [...file.inputs, ...this.#inputs.map((input) => input.name)].filter(
      (input, at, all) => !read.has(input) && all.indexOf(input) === at,
    );
    return createNetwork({
      format,
      inputs: this.#inputs.filter((input) => read.has(input.name)),
      outputs: [named],
      layers: namesValues ? layers : renamedValue(layers, explained.name, named),
      changes: [...this.changes, ...leftOut(name, file, unusedInputs)],
      batchWasFixed: this.batchWasFixed,
      ...(this.plugins.size === 0 ? {} : { plugins: [...this.plugins] }),
      fileOutputs: listedOutputs(name, file),
      ...(unusedInputs.length === 0 ? {} : { unusedInputs }),
    });
  }
}
