import type { LayerImports } from '@patternlens/core';
import { checkKnown } from '@patternlens/importing';
import { isObject } from '../../read/json-object.js';
import { voice } from '../voice.js';
import { configField } from './layer-config.js';
import { layerImporters } from './layer-importers.js';
import type { LayerSpec, ModelSpec } from './model-config.js';

/** Layers that do the same to every time step, whichever way they are asked. */
export const TIME_STEPS: readonly string[] = [
  'Activation',
  'Dense',
  'Dropout',
  'ELU',
  'LeakyReLU',
  'ReLU',
  'Softmax',
];

/** The classes of layers that are understood. */
export const SUPPORTED_LAYERS: readonly string[] = [
  ...Object.keys(layerImporters),
  'Functional',
  'InputLayer',
  'Sequential',
  'TimeDistributed',
].sort();

/** The layer in a wrapper, by its class and configuration. */
export function wrappedBy({ config }: LayerSpec): { className: unknown; config: unknown } {
  const inner = configField(config, 'layer');
  return isObject(inner)
    ? { className: configField(inner, 'class_name'), config: configField(inner, 'config') }
    : { className: undefined, config: undefined };
}

function unsupportedClass(layer: LayerSpec, plugins: LayerImports): string | undefined {
  if (layer.model || layer.className === 'InputLayer') return undefined;
  if (layer.className === 'TimeDistributed') {
    const { className } = wrappedBy(layer);
    return typeof className === 'string' && TIME_STEPS.includes(className)
      ? undefined
      : `TimeDistributed(${String(className)})`;
  }
  return Object.hasOwn(layerImporters, layer.className) || plugins.has(layer.className)
    ? undefined
    : layer.className;
}

const allLayers = (model: ModelSpec): LayerSpec[] =>
  model.layers.flatMap((layer) => (layer.model ? allLayers(layer.model) : [layer]));

/** @throws PatternLensError `unsupported-layer` naming every class that is not understood, with its layers. */
export function checkClasses(model: ModelSpec, plugins: LayerImports): void {
  checkKnown(
    voice,
    allLayers(model).map((layer) => [unsupportedClass(layer, plugins), layer.name]),
    {
      words: ['a class of layers', 'classes of layers'],
      supported: SUPPORTED_LAYERS,
      code: 'unsupported-layer',
    },
  );
}
