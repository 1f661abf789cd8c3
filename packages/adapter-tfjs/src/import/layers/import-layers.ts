import { type Network } from '@patternlens/core';
import { layerImports } from '@patternlens/core/network';
import {
  boundInputs,
  checkShapes,
  fail,
  readModel,
  type StatedInput,
} from '@patternlens/importing';
import { shown, type JsonObject } from '../../read/json-object.js';
import type { Weights } from '../../read/read-weights.js';
import { invalidFile } from '../../read/tfjs-error.js';
import type { ReadTfjsOptions } from '../read-options.js';
import { voice } from '../voice.js';
import { applyModel } from './apply-model.js';
import { checkClasses, SUPPORTED_LAYERS } from './check-classes.js';
import { configField } from './layer-config.js';
import { parseModelConfig, type LayerSpec, type ModelSpec } from './model-config.js';

function readInput(model: ModelSpec, spec: LayerSpec): StatedInput {
  const { name, config } = spec;
  const type = configField(config, 'dtype') ?? 'float32';
  if (type !== 'float32')
    fail(
      voice,
      'unsupported-layer',
      `input "${name}": its elements are of ${shown(type)}. Only inputs of floats can be explained.`,
      { layer: name },
    );
  const shape = configField(config, 'batch_input_shape');
  if (!Array.isArray(shape))
    return invalidFile(
      `input "${name}" of model "${model.name}": the file does not say its shape. Save the model after it was built, with the shapes of its inputs.`,
    );
  const sizes = (shape as unknown[]).map((size) =>
    size === null || size === -1 ? undefined : Number(size),
  );
  return { name, sizes, text: sizes.map((size) => String(size ?? '?')) };
}

/** Names that layers of more than one of the models have. */
function sharedNames(model: ModelSpec): ReadonlySet<string> {
  const seen = new Set<string>(),
    shared = new Set<string>();
  const visit = ({ layers }: ModelSpec): void => {
    for (const layer of layers) {
      if (layer.model) visit(layer.model);
      else if (layer.className !== 'InputLayer')
        (seen.has(layer.name) ? shared : seen).add(layer.name);
    }
  };
  visit(model);
  return shared;
}

/** Turns the topology of a layers model into a network: the part that its first output depends on.
 * @throws PatternLensError `unsupported-layer` or `invalid-file`, naming classes and layers. */
export function importLayers(
  topology: JsonObject,
  weights: Weights,
  { shapes, plugins }: ReadTfjsOptions,
): Network {
  const model = parseModelConfig(topology);
  const layers = layerImports('tfjs', SUPPORTED_LAYERS, plugins);
  checkClasses(model, layers);
  const specs = model.inputs.map(
    ({ layer }) =>
      model.layers.find(({ name, className }) => name === layer && className === 'InputLayer') ??
      invalidFile(
        `model "${model.name}": its input "${layer}" is no InputLayer. Convert or save the model again.`,
      ),
  );
  const names = specs.map(({ name }) => name);
  checkShapes(voice, names, shapes);
  const stated = specs.map((spec) => readInput(model, spec));
  const inputs = boundInputs(voice, stated, shapes);
  if (new Set(inputs.map(({ name }) => name)).size !== inputs.length)
    invalidFile(`model "${model.name}": it lists an input twice. Convert or save the model again.`);
  const shared = sharedNames(model);
  const parts = { format: 'tfjs-layers', voice, inputs, namesValues: false };
  return readModel(parts, (context) => {
    const scope = { context, weights, layers, uses: new Map<string, number>(), shared };
    const [explained, ...others] = model.outputs;
    const [output] = applyModel(scope, model, context.inputs(), [], [explained!]);
    for (const { layer } of others)
      context.changes.push(`output "${layer}" left out: the first output is explained`);
    return context.build(output!, explained!.layer);
  });
}
