import { fieldOf, isObject, type JsonObject } from './json-object.js';
import { parseJson } from './parse-json.js';
import { invalidModel } from './tfjs-error.js';
import { parseManifest, type WeightGroup } from './weights-manifest.js';

export type TfjsFormat = 'tfjs-layers' | 'tfjs-graph';

/** What a `model.json` says. */
export interface ParsedModel {
  readonly format: TfjsFormat;
  readonly topology: JsonObject;
  /** Inputs and outputs by name, where the file says them. */
  readonly signature: JsonObject | undefined;
  readonly groups: readonly WeightGroup[];
}

/** Whether an object is a topology of layers: of Keras, or as TensorFlow.js writes it. */
const isLayers = (topology: JsonObject): boolean =>
  ['model_config', 'modelConfig', 'class_name', 'className'].some((name) => name in topology);

function formatOf(topology: JsonObject, stated: unknown): TfjsFormat {
  const found = Array.isArray(fieldOf(topology, 'node'))
    ? 'tfjs-graph'
    : isLayers(topology)
      ? 'tfjs-layers'
      : undefined;
  const said =
    stated === 'graph-model' ? 'tfjs-graph' : stated === 'layers-model' ? 'tfjs-layers' : found;
  if (found === undefined)
    return invalidModel(
      'model.json',
      'its modelTopology holds neither layers (model_config) nor nodes of a graph (node). Convert the model again with tensorflowjs_converter.',
    );
  return said === found
    ? found
    : invalidModel(
        'model.json',
        `it says "${String(stated)}", and holds a ${found === 'tfjs-graph' ? 'graph' : 'model of layers'}. Convert the model again with tensorflowjs_converter.`,
      );
}

/** A signature beside the topology, or in the metadata of older converters. */
function signatureOf(model: JsonObject): JsonObject | undefined {
  const metadata = fieldOf(model, 'userDefinedMetadata');
  const places = [
    fieldOf(model, 'signature'),
    isObject(metadata) ? fieldOf(metadata, 'signature') : undefined,
  ];
  return places.find(isObject);
}

/** Reads what a `model.json` says, without its weights.
 * @throws PatternLensError `invalid-file` saying what the file is instead, or what it lacks. */
export function parseModel(json: Uint8Array | string | JsonObject): ParsedModel {
  const model = parseJson(json);
  const topology = fieldOf(model, 'modelTopology');
  if (!isObject(topology)) {
    if (isLayers(model))
      return invalidModel(
        'model.json',
        'it is the configuration of a Keras model alone, without weights. Save the whole model, and convert it with tensorflowjs_converter.',
      );
    return invalidModel(
      'model.json',
      'it has no modelTopology. Expected a model that tensorflowjs_converter or model.save wrote.',
    );
  }
  return {
    format: formatOf(topology, fieldOf(model, 'format')),
    topology,
    signature: signatureOf(model),
    groups: parseManifest(fieldOf(model, 'weightsManifest')),
  };
}
