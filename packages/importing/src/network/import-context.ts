import { type Network, type NetworkInput, type Shape } from '@patternlens/core';
import {
  createNetwork,
  isElementwise,
  shapeTracer,
  takesInfinity,
  toFileLayout,
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type Parameter,
} from '@patternlens/core/network';
import { formatShape, isBatch } from '@patternlens/core/tensor';
import { isLaid } from '../layers/laid.js';
import { Place, SAMPLES_ALONE } from '../place/place.js';
import { fail, Verb, type Voice } from '../place/voice.js';
import {
  channelsFirst,
  isModelOrder,
  modelShape,
  networkShape,
  plainOrder,
  range,
  sameOrder,
  samePlace,
  SAMPLES,
  type AxisOrder,
  type BatchPlace,
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
  /** The model is one of a single sample: its shapes have no batch, and the network computes it for every sample by itself. */
  readonly alone?: boolean;
}

/** How the network holds a value of the model. */
export interface Held {
  readonly order: AxisOrder;
  readonly batch: BatchPlace | undefined;
}

/** A word for an order of axes, which the transpose that makes it is named after. */
function orderWord(order: AxisOrder): string {
  if (isModelOrder(order)) return 'channels-last';
  if (order[0] === SAMPLES) return `each-${order.slice(1).join('-')}`;
  return sameOrder(order, channelsFirst(order.length))
    ? 'channels-first'
    : `axes-${order.join('-')}`;
}

function checkFinite(
  place: Place,
  kind: LayerKind,
  name: string,
  { tensor, origin }: Parameter,
): void {
  const mayBeInfinite = takesInfinity(kind);
  // What is not finite leaves a difference to itself.
  const isOdd = (value: number): boolean =>
    value - value !== 0 && !(mayBeInfinite && !Number.isNaN(value));
  if (!tensor.data.some(isOdd)) return;
  const { data } = origin ? toFileLayout(tensor, origin) : tensor;
  const at = data.findIndex(isOdd);
  place.invalid(
    `value ${at} of its ${name}${origin ? ` ("${origin.tensor}")` : ''} is ${data[at]!}. A network with such weights explains nothing;`,
    'look at how the model was trained or saved.',
  );
}

const isPlain = ({ order, batch }: RuntimeValue): boolean =>
  isModelOrder(order) && batch?.axis === 0;

/** An operator that knows nothing of orders of axes is right for values whose batch is the model's axis 0, and for layers that no order matters to.
 * @throws PatternLensError `unsupported-operation` where it is neither. */
function checkOrders(place: Place, layer: Layer, inputs: readonly RuntimeValue[]): void {
  const other = inputs.find((input) => !isPlain(input));
  if (!other) return;
  const [first] = inputs;
  const alike = inputs.every(
    ({ order, batch }) => sameOrder(order, first!.order) && samePlace(batch, first!.batch),
  );
  const fits = Object.values(layer.parameters).every(
    (parameter) => parameter.tensor.data.length === 1 || isLaid(parameter, first!.order),
  );
  if (isElementwise(layer) && alike && fits) return;
  place.unsupported(
    `the samples of its input ${formatShape(other.shape)} are not axis 0, where it is supported.`,
    'Export the model with the batch first.',
  );
}

/** No layer works along the network's axis of samples. */
function checkSamples(place: Place, { attributes }: Layer): void {
  const { axis, axes } = attributes as { axis?: unknown; axes?: unknown };
  const along = Array.isArray(axes) ? (axes as unknown[]) : [];
  const taken = along.some((one) => one === 0 || (one as { axis?: unknown } | null)?.axis === 0);
  if (axis === 0 || taken) place.unsupported('it works along the batch axis.', SAMPLES_ALONE);
}

/** The network that is being built, and the orders of axes in which it holds its values. */
export class ImportContext {
  readonly changes: string[] = [];
  /** Plug-ins that layers come from, `NAME@VERSION`. */
  readonly plugins = new Set<string>();
  /** The file fixes its batch, which is left free here. */
  readonly batchWasFixed: boolean;
  /** The model is one of a single sample. */
  readonly alone: boolean;
  /** The samples that the file fixes its batch to. */
  readonly fixedBatch: number | undefined;
  /** What was refused is so for a single sample too. */
  isSettled = false;
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
    this.#inputs = parts.inputs.map(({ name, shape, batchAxis }) => ({
      name,
      shape,
      ...(batchAxis === undefined ? {} : { batchAxis }),
    }));
    this.alone = parts.alone ?? false;
    this.fixedBatch = parts.inputs.find(({ fixedBatch }) => fixedBatch !== undefined)?.fixedBatch;
    this.batchWasFixed = this.fixedBatch !== undefined;
    this.#names = new Set(parts.namesValues ? [] : this.#inputs.map(({ name }) => name));
    for (const { name, shape } of this.#inputs) this.#tracer.addInput(name, shape);
  }

  /** The values of the network's inputs. */
  inputs(): RuntimeValue[] {
    return this.#parts.inputs.map(({ name, shape, order = range(shape.length) }) => {
      const batch = this.alone ? undefined : { axis: order[0]!, before: 1 };
      const { fixedBatch } = this;
      const own = modelShape(shape, order, batch);
      return { kind: 'runtime', name, shape: own, order, batch, fixedBatch };
    });
  }

  /** Adds a layer, whose attributes and parameters are about the network's axes. A value whose batch is not the model's axis 0 is taken only where nothing depends
   * on the order of axes, or by a caller that says how its layer's value is held.
   * @param held How the network holds the value; `as-first`: as the first input.
   * @throws PatternLensError naming the place, where sizes do not agree. */
  layer<K extends LayerKind>(
    place: Place,
    kind: K,
    inputs: readonly RuntimeValue[],
    attributes: LayerAttributes[K],
    parameters: Parameters = {},
    held?: Held | 'as-first',
  ): RuntimeValue {
    const kept: Record<string, Parameter> = {};
    for (const [key, value] of Object.entries(parameters)) {
      if (value === undefined) continue;
      checkFinite(place, kind, key, value);
      kept[key] = value;
    }
    const name = this.#unique(place.layer);
    const output = place.value(name);
    const read = inputs.map((input) => input.name);
    const layer = { kind, name, inputs: read, output, attributes, parameters: kept };
    if (held === undefined) checkOrders(place, layer as unknown as Layer, inputs);
    checkSamples(place, layer as unknown as Layer);
    const shape = this.#trace(place, layer as unknown as Layer);
    this.#layers.push(layer as unknown as Layer);
    const { order, batch } =
      typeof held === 'object' ? held : this.#heldLike(inputs[0], shape.length);
    const made: RuntimeValue = {
      kind: 'runtime',
      name: output,
      shape: modelShape(shape, order, batch),
      order,
      batch,
      fixedBatch: this.fixedBatch,
    };
    this.#made.set(name, made);
    return made;
  }

  /** A value of which a sample has the given sizes: held as the first of what it is made of where that has as many axes, else with the batch as the model's first. */
  #heldLike(first: RuntimeValue | undefined, rank: number): Held {
    if (first?.order.length === rank) return first;
    const order = this.alone ? [SAMPLES, ...range(rank - 1)] : range(rank);
    return { order, batch: this.alone ? undefined : { axis: 0, before: 1 } };
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
    return this.ordered(value, plainOrder(value.shape));
  }

  /** The value with each of the model's axes as one of the network's, also that of which a sample has one entry. */
  whole(value: RuntimeValue): RuntimeValue {
    const [first, ...others] = value.order;
    return first === SAMPLES ? value : this.ordered(value, [SAMPLES, first!, ...others]);
  }

  /** The value with its axes in the given order, behind a transpose where it does not have it. */
  ordered(value: RuntimeValue, order: AxisOrder): RuntimeValue {
    if (sameOrder(value.order, order)) return value;
    // One value of the network may stand for values of the model of several shapes.
    const key = (of: AxisOrder): string => `${of.join()} ${formatShape(value.shape)}`;
    const known = this.#orders.get(value.name) ?? new Map([[key(value.order), value.name]]);
    const before = known.get(key(order));
    if (before !== undefined) return { ...value, name: before, order };
    const turned = this.#turned(value, order);
    known.set(key(order), turned.name);
    this.#orders.set(value.name, known).set(turned.name, known);
    return turned;
  }

  /** Axes that the two orders have in the same order, but for that of the samples, need no transpose. */
  #turned(value: RuntimeValue, order: AxisOrder): RuntimeValue {
    const { batch } = value;
    const names = {
      kind: 'transpose',
      name: value.name,
      layer: `${value.name}/${orderWord(order)}`,
    };
    const place = new Place(this.#parts.voice, names);
    if (value.order[0] === order[0]) {
      const permutation = order.map((axis) => value.order.indexOf(axis));
      return this.layer(place, 'transpose', [value], { permutation }, {}, { order, batch });
    }
    const reshape = (to: AxisOrder, at: Place, from: RuntimeValue): RuntimeValue => {
      const shape = networkShape(value.shape, to);
      return this.layer(at, 'reshape', [from], { shape }, {}, { order: to, batch });
    };
    const left = value.order.filter((axis) => axis !== order[0] && axis !== SAMPLES);
    const direct: AxisOrder = [order[0]!, ...left];
    return sameOrder(direct, order)
      ? reshape(order, place, value)
      : this.ordered(reshape(direct, place.part('samples'), value), order);
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
        `${Verb(place.voice)} the model with other sizes.`,
      );
    return shape;
  }

  #unique(name: string): string {
    let unique = name;
    for (let use = 2; this.#names.has(unique); use++) unique = `${name}#${use}`;
    this.#names.add(unique);
    return unique;
  }

  /** The output in the model's own order, without the axis of size 1 that is the batch of a single sample. */
  #explained(output: RuntimeValue): RuntimeValue {
    const { shape } = output;
    return this.alone && shape.length > 1 && shape[0] === 1
      ? this.ordered(output, range(shape.length))
      : this.plain(output);
  }

  /** The finished network: the layers that a value depends on, and the inputs that they read.
   * @param name What the file calls the value: the network calls it so too, unless another value has the name (that before a fused softmax, say).
   * @param file What the file has, read or not. */
  build(value: RuntimeValue, name: string, file: FilePorts = { inputs: [], outputs: [] }): Network {
    const { format, voice, namesValues } = this.#parts;
    const explained = this.#explained(value);
    if (this.#inputs.some((input) => input.name === explained.name))
      fail(voice, 'invalid-file', 'its output is its input. There is nothing to explain.', {
        about: 'model',
      });
    const { fixedBatch = 1 } = this;
    if (fixedBatch > 1)
      this.changes.push(
        `the file fixes its batch to ${fixedBatch}, and nothing in it hangs on that: any number of samples is computed`,
      );
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
      fixedBatch: this.fixedBatch,
      ...(this.plugins.size === 0 ? {} : { plugins: [...this.plugins] }),
      fileOutputs: listedOutputs(name, file),
      ...(unusedInputs.length === 0 ? {} : { unusedInputs }),
    });
  }
}
