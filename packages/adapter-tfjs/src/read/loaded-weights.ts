import type { LoadedGraphModel, LoadedLayersModel, LoadedTensor } from './loaded-models.js';
import { fieldOf, isObject, type JsonObject } from './json-object.js';
import type { ParsedModel } from './parse-model.js';
import type { StoredWeight, Weights } from './read-weights.js';
import { invalidModel } from './tfjs-error.js';

async function stored(tensor: LoadedTensor): Promise<StoredWeight> {
  const values = await tensor.data();
  const isFloat = tensor.dtype === 'float32';
  return {
    tensor: {
      data: isFloat ? Float32Array.from(values) : Float64Array.from(values),
      shape: [...tensor.shape],
    },
    dtype: isFloat ? 'float32' : 'int32',
  };
}

function weightsOf(values: ReadonlyMap<string, StoredWeight>): Weights {
  return { names: [...values.keys()], get: (name) => values.get(name) };
}

/** The topology and the weights of a `tf.LayersModel` as it is now. */
export async function loadedLayers(
  model: LoadedLayersModel,
): Promise<{ topology: JsonObject; weights: Weights }> {
  const json = model.toJSON(undefined, false);
  // A copy without the prototypes and functions that a live configuration may hold.
  const topology: unknown = JSON.parse(typeof json === 'string' ? json : JSON.stringify(json));
  const values = new Map<string, StoredWeight>();
  for (const weight of model.weights) values.set(weight.originalName, await stored(weight.read()));
  return {
    topology: isObject(topology)
      ? topology
      : invalidModel('model', 'its toJSON() gives no object. Hand in a tf.LayersModel.'),
    weights: weightsOf(values),
  };
}

/** The graph and the weights of a `tf.GraphModel` as it was loaded. */
export async function loadedGraph(
  model: LoadedGraphModel,
): Promise<{ parsed: ParsedModel; weights: Weights }> {
  // TensorFlow.js keeps what it loaded under this name, which its types do not show.
  const artifacts: unknown = 'artifacts' in model ? model.artifacts : undefined;
  const topology = isObject(artifacts) ? fieldOf(artifacts, 'modelTopology') : undefined;
  if (!isObject(artifacts) || !isObject(topology))
    return invalidModel(
      'model',
      'this tf.GraphModel does not keep its graph. Hand in its files instead.',
    );
  const signature = [fieldOf(artifacts, 'signature'), model.modelSignature].find(isObject);
  const values = new Map<string, StoredWeight>();
  for (const [name, tensors] of Object.entries(model.weights)) {
    if (tensors[0] && tensors[0].dtype !== 'string') values.set(name, await stored(tensors[0]));
  }
  return {
    parsed: { format: 'tfjs-graph', topology, signature, groups: [] },
    weights: weightsOf(values),
  };
}
