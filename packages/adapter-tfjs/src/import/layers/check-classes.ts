import type { LayerImports } from '@patternlens/core/network';
import { checkKnown } from '@patternlens/importing';
import { isObject } from '../../read/json-object.js';
import { voice } from '../voice.js';
import { configField } from './layer-config.js';
import { layerImporters } from './layer-importers.js';
import type { LayerSpec } from './model-config.js';

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

/** What a layer's class goes by: a wrapper by what it wraps, where that is not understood. */
function classOf(layer: LayerSpec): string {
  if (layer.className !== 'TimeDistributed') return layer.className;
  const { className } = wrappedBy(layer);
  const fits = typeof className === 'string' && Object.hasOwn(layerImporters, className);
  return fits ? layer.className : `TimeDistributed(${String(className)})`;
}

/** @throws PatternLensError `unsupported-layer` naming every class that is not understood, with its layers. */
export function checkClasses(layers: readonly LayerSpec[], plugins: LayerImports): void {
  const named = layers
    .filter(({ model }) => !model)
    .map((layer) => [classOf(layer), layer.name] as const);
  checkKnown(voice, 'class', named, { computed: SUPPORTED_LAYERS }, plugins);
}
