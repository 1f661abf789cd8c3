import { type Network } from '@patternlens/core';
import { layerImports, type LayerImports } from '@patternlens/core/network';
import {
  boundInputs,
  checkShapes,
  fail,
  type FilePorts,
  readExplained,
  readModel,
  type RuntimeValue,
  type StatedInput,
} from '@patternlens/importing';
import { shown, type JsonObject } from '../../read/json-object.js';
import type { Weights } from '../../read/read-weights.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { isExplainable, wholeInputChanges } from '../input-types.js';
import type { ReadTfjsOptions } from '../read-options.js';
import { voice } from '../voice.js';
import { applyModel } from './apply-model.js';
import { checkClasses, SUPPORTED_LAYERS } from './check-classes.js';
import { configField } from './layer-config.js';
import { namedOutput, refName, unknownOutput } from './named-output.js';
import { neededLayers } from './needed-layers.js';
import { parseModelConfig, type LayerSpec, type ModelSpec } from './model-config.js';

const inputType = ({ config }: LayerSpec): unknown => configField(config, 'dtype') ?? 'float32';

function readInput(model: ModelSpec, spec: LayerSpec): StatedInput {
  const { name, config } = spec;
  const type = inputType(spec);
  if (!isExplainable(type))
    fail(
      voice,
      'unsupported-layer',
      `input "${name}": its elements are of ${shown(type)}. Only inputs of numbers can be explained.`,
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

/** Turns the topology of a layers model into a network: the part that leads to its first output, or to what `output` names.
 * @throws PatternLensError `unsupported-layer` or `invalid-file`, naming classes and layers, and what else of the model can be explained;
 * `invalid-argument` for an output that is not there. */
export async function importLayers(
  topology: JsonObject,
  weights: Weights,
  options: ReadTfjsOptions,
): Promise<Network> {
  const model = parseModelConfig(topology);
  const layers = layerImports('tfjs', SUPPORTED_LAYERS, options.plugins);
  const specs = model.inputs.map(
    ({ layer }) =>
      model.layers.find(({ name, className }) => name === layer && className === 'InputLayer') ??
      invalidFile(
        `model "${model.name}": its input "${layer}" is no InputLayer. Convert or save the model again.`,
      ),
  );
  if (new Set(specs).size !== specs.length)
    invalidFile(`model "${model.name}": it lists an input twice. Convert or save the model again.`);
  return readExplained(
    {
      outputs: model.outputs.map(refName),
      inside: () =>
        model.layers.toReversed().flatMap(({ name, nodes }) => (nodes.length > 0 ? [name] : [])),
      read: (name) => importValue({ model, specs, layers, weights }, name, options),
    },
    options.output,
  );
}

interface ReadModel {
  readonly model: ModelSpec;
  /** The layers that are its inputs. */
  readonly specs: readonly LayerSpec[];
  readonly layers: LayerImports;
  readonly weights: Weights;
}

/** Turns what leads to one value of a model into a network; nothing else of the file is read. */
function importValue(
  { model, specs, layers, weights }: ReadModel,
  name: string,
  { shapes }: ReadTfjsOptions,
): Network {
  const { ref, layer } = namedOutput(model, name);
  const needed = neededLayers(model, [ref]);
  checkClasses(needed, layers);
  const file: FilePorts = {
    inputs: specs.map((spec) => spec.name),
    outputs: model.outputs.map((output) => ({ name: refName(output) })),
  };
  checkShapes(voice, file.inputs, shapes);
  const read = specs.filter((spec) => needed.includes(spec));
  const stated = read.map((spec) => readInput(model, spec));
  const inputs = boundInputs(voice, stated, shapes);
  const shared = sharedNames(model);
  const parts = { format: 'tfjs-layers', voice, inputs, namesValues: false };
  const types = read.map((spec) => ({ name: spec.name, type: inputType(spec) }));
  return readModel(parts, (context) => {
    context.changes.push(...wholeInputChanges(types));
    const uses = new Map<string, number>();
    const made = new Map<string, RuntimeValue>();
    const values = context.inputs();
    const given = specs.map((spec) => values[read.indexOf(spec)]);
    const scope = { context, weights, layers, uses, made, shared };
    const [output] = applyModel(scope, model, given, [], [ref]);
    const value = layer === undefined ? output! : (made.get(layer) ?? context.valueOf(layer));
    if (value === undefined) return unknownOutput(model, name, context.layerNames());
    return context.build(value, layer ?? refName(ref), file);
  });
}
