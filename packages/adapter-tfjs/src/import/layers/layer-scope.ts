import type { Parameter } from '@patternlens/core/network';
import {
  build,
  type Activation,
  type ImportContext,
  type Place,
  type RuntimeValue,
} from '@patternlens/importing';
import { ACTIVATION_NAMES, activationNamed } from '../activation-names.js';
import { fieldOf, isObject, shown } from '../../read/json-object.js';
import type { LayerConfig } from './layer-config.js';

/** One application of a layer, as its importer sees it. */
export interface LayerScope {
  readonly context: ImportContext;
  readonly place: Place;
  readonly config: LayerConfig;
  readonly inputs: readonly [RuntimeValue, ...RuntimeValue[]];
  /** @throws PatternLensError where the file lacks the weight. */
  readonly weight: (name: string) => Parameter;
}

/** Imports one application of a layer, and returns its value. */
export type LayerImporter = (scope: LayerScope) => RuntimeValue;

/** The activation that a layer's configuration names, which may be an object of its own. */
export function activationOf({ config, place }: LayerScope, field = 'activation'): Activation {
  const value = config.get(field) ?? 'linear';
  const name = isObject(value)
    ? (fieldOf(value, 'class_name') ?? fieldOf(value, 'className'))
    : value;
  return (
    (typeof name === 'string' ? activationNamed(name) : undefined) ??
    place.unsupported(
      `its activation ${shown(name)} is not supported.`,
      `Supported: ${ACTIVATION_NAMES}.`,
    )
  );
}

/** The activation that is fused into a layer, as a layer of its own behind it. */
export function activated(scope: LayerScope, value: RuntimeValue): RuntimeValue {
  return build.activateBehind(scope.context, scope.place, value, activationOf(scope));
}

/** The bias, where the layer has one. */
export function biasOf({ config, weight }: LayerScope): Parameter | undefined {
  return config.flag('use_bias', true) ? weight('bias') : undefined;
}
