import { fieldOf, isObject, shown, type JsonObject } from '../../read/json-object.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { configField } from './layer-config.js';

/** One output of one application of a layer. */
export interface TensorRef {
  readonly layer: string;
  readonly node: number;
  readonly tensor: number;
}

/** A layer as the file describes it, and what each of its applications reads. */
export interface LayerSpec {
  readonly className: string;
  readonly name: string;
  readonly config: JsonObject;
  readonly nodes: readonly (readonly TensorRef[])[];
  /** The layers in it, where it is a model. */
  readonly model?: ModelSpec | undefined;
}

export interface ModelSpec {
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  readonly inputs: readonly TensorRef[];
  readonly outputs: readonly TensorRef[];
}

const DEEPEST = 50;
const AGAIN = 'Convert or save the model again.';
const KERAS3 =
  'It looks like the format of Keras 3, which TensorFlow.js does not read. Save the model with Keras 2 (tf_keras, or TF_USE_LEGACY_KERAS=1), and convert it with tensorflowjs_converter.';

const MODEL_CLASSES: readonly string[] = ['Sequential', 'Functional', 'Model'];

const listOf = (value: unknown, what: string): unknown[] =>
  Array.isArray(value)
    ? (value as unknown[])
    : invalidFile(`modelTopology: ${what} is not a list. ${AGAIN}`);

function refOf(value: unknown, where: string): TensorRef {
  if (isObject(value))
    return invalidFile(`${where}: its inputs are written as an object. ${KERAS3}`);
  const [layer, node, tensor] = Array.isArray(value) ? (value as unknown[]) : [];
  const isIndex = (index: unknown): index is number =>
    Number.isSafeInteger(index) && (index as number) >= 0;
  return typeof layer === 'string' && isIndex(node) && isIndex(tensor)
    ? { layer, node, tensor }
    : invalidFile(`${where}: ${shown(value)} does not name an output of a layer. ${AGAIN}`);
}

/** References in a list, or a single one that stands for itself. */
function refsOf(value: unknown, where: string): TensorRef[] {
  if (isObject(value)) return invalidFile(`${where}: it is written as an object. ${KERAS3}`);
  const list = listOf(value, where);
  return typeof list[0] === 'string' ? [refOf(list, where)] : list.map((ref) => refOf(ref, where));
}

function layerOf(value: unknown, depth: number): LayerSpec {
  if (!isObject(value)) return invalidFile(`modelTopology: a layer is not an object. ${AGAIN}`);
  const className = configField(value, 'class_name');
  const config = fieldOf(value, 'config');
  if (typeof className !== 'string')
    return invalidFile(`modelTopology: a layer has no class_name. ${AGAIN}`);
  if (!isObject(config) && !(className === 'Sequential' && Array.isArray(config)))
    return invalidFile(`modelTopology: a layer ${className} has no config. ${AGAIN}`);
  const fields: JsonObject = isObject(config) ? config : {};
  const name = fieldOf(value, 'name') ?? fieldOf(fields, 'name');
  if (typeof name !== 'string' || name === '')
    return invalidFile(`modelTopology: a layer ${className} has no name. ${AGAIN}`);
  const where = `${className} "${name}"`;
  const nodes = listOf(configField(value, 'inbound_nodes') ?? [], `${where}: inbound_nodes`);
  return {
    className,
    name,
    config: fields,
    nodes: nodes.map((node) => refsOf(node, where)),
    model: MODEL_CLASSES.includes(className)
      ? modelOf(className, config as JsonObject | unknown[], depth + 1, name)
      : undefined,
  };
}

/** The input that the first layer of a Sequential model asks for. */
function inputShapeOf(layer: LayerSpec): unknown {
  const shape = configField(layer.config, 'batch_input_shape');
  if (shape !== undefined && shape !== null) return shape;
  const inner = layer.model?.layers[0];
  return inner && inputShapeOf(inner);
}

function sequentialOf(name: string, layers: readonly LayerSpec[]): ModelSpec {
  const [start, ...rest] = layers;
  if (!start) return invalidFile(`Sequential "${name}": it has no layers. ${AGAIN}`);
  const stated = start.className === 'InputLayer';
  const input: LayerSpec = stated
    ? start
    : {
        className: 'InputLayer',
        name: `${start.name}_input`,
        config: { batch_input_shape: inputShapeOf(start) },
        nodes: [],
      };
  let before = input.name;
  const chain = (stated ? rest : layers).map((layer): LayerSpec => {
    const node = [{ layer: before, node: 0, tensor: 0 }];
    before = layer.name;
    return { ...layer, nodes: [node] };
  });
  const ref = (layer: string): TensorRef => ({ layer, node: 0, tensor: 0 });
  return { name, layers: [input, ...chain], inputs: [ref(input.name)], outputs: [ref(before)] };
}

function modelOf(
  className: string,
  config: JsonObject | unknown[],
  depth: number,
  fallback: string,
): ModelSpec {
  if (depth > DEEPEST)
    return invalidFile(`modelTopology: models lie in models, ${DEEPEST} deep. ${AGAIN}`);
  const object: JsonObject = Array.isArray(config) ? {} : config;
  const name = fieldOf(object, 'name');
  const called = typeof name === 'string' && name !== '' ? name : fallback;
  const listed = Array.isArray(config) ? config : fieldOf(object, 'layers');
  const layers = listOf(listed, `the layers of ${className} "${called}"`).map((layer) =>
    layerOf(layer, depth),
  );
  const names = new Set<string>();
  for (const layer of layers) {
    if (names.has(layer.name))
      return invalidFile(`model "${called}": two layers are called "${layer.name}". ${AGAIN}`);
    names.add(layer.name);
  }
  if (className === 'Sequential') return sequentialOf(called, layers);
  const where = `model "${called}"`;
  const inputs = refsOf(configField(object, 'input_layers'), `${where}: input_layers`);
  const outputs = refsOf(configField(object, 'output_layers'), `${where}: output_layers`);
  if (inputs.length === 0 || outputs.length === 0)
    return invalidFile(`${where}: it has no inputs or no outputs. ${AGAIN}`);
  return counted({
    name: called,
    // An input has one application, which reads nothing.
    layers: layers.map((layer) =>
      layer.className === 'InputLayer' ? { ...layer, nodes: [] } : layer,
    ),
    inputs,
    outputs,
  });
}

/** Where the numbers of a layer's applications start: models that begin with an input count how they were built as application 0. */
function firstNode(layer: LayerSpec, refs: readonly TensorRef[]): 0 | 1 {
  if (!layer.model) return 0;
  const used = refs.filter((ref) => ref.layer === layer.name).map(({ node }) => node);
  if (used.includes(0)) return 0;
  return used.includes(layer.nodes.length) || layer.model.layers[0]?.className === 'InputLayer'
    ? 1
    : 0;
}

/** The model with the applications of all its layers counted from 0. */
function counted(model: ModelSpec): ModelSpec {
  const refs = [...model.outputs, ...model.layers.flatMap(({ nodes }) => nodes.flat())];
  const starts = new Map(model.layers.map((layer) => [layer.name, firstNode(layer, refs)]));
  const renumbered = (ref: TensorRef): TensorRef => ({
    ...ref,
    node: ref.node - (starts.get(ref.layer) ?? 0),
  });
  return {
    ...model,
    outputs: model.outputs.map(renumbered),
    layers: model.layers.map((layer) => ({
      ...layer,
      nodes: layer.nodes.map((node) => node.map(renumbered)),
    })),
  };
}

/** The model that a topology of layers describes.
 * @throws PatternLensError `invalid-file` where it is not as Keras 2 and TensorFlow.js write it. */
export function parseModelConfig(topology: JsonObject): ModelSpec {
  const inner = configField(topology, 'model_config');
  const config = isObject(inner) ? inner : topology;
  const version = configField(topology, 'keras_version');
  if (typeof version === 'string' && /^3\./.test(version))
    return invalidFile(`modelTopology: its Keras has version ${version}. ${KERAS3}`);
  const className = configField(config, 'class_name');
  const inside = fieldOf(config, 'config');
  if (typeof className !== 'string' || (!isObject(inside) && !Array.isArray(inside)))
    return invalidFile(`modelTopology: it has no class_name or no config. ${AGAIN}`);
  if (!MODEL_CLASSES.includes(className))
    return invalidFile(
      `modelTopology: it is a ${className}, not a Sequential or Functional model. Save the model as one of these.`,
    );
  return modelOf(className, inside as JsonObject | unknown[], 0, 'model');
}
