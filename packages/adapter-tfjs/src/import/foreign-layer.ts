import type { LayerImports, NodeAttribute } from '@patternlens/core/network';
import {
  importForeign,
  type ForeignParts,
  type ImportContext,
  type Place,
  type RuntimeValue,
} from '@patternlens/importing';
import type { JsonObject } from '../read/json-object.js';

const isScalar = (value: unknown): value is number | string | boolean =>
  ['number', 'string', 'boolean'].includes(typeof value);

/** What a plug-in sees of a layer's configuration: numbers, words, and lists of numbers. */
function attributesOf(config: JsonObject): Record<string, NodeAttribute> {
  return Object.fromEntries(
    Object.entries(config).filter(
      (entry): entry is [string, NodeAttribute] =>
        isScalar(entry[1]) ||
        (Array.isArray(entry[1]) && entry[1].every((value) => typeof value === 'number')),
    ),
  );
}

interface ForeignLayer extends Pick<ForeignParts, 'inputs' | 'constant'> {
  readonly config: JsonObject;
}

/** Lets a plug-in make layers of a layer or node, over values with channels first. */
export function foreignLayer(
  owned: NonNullable<ReturnType<LayerImports['get']>>,
  place: Place,
  context: ImportContext,
  { inputs, constant, config }: ForeignLayer,
): RuntimeValue {
  return importForeign(owned, place, context, {
    operator: place.kind,
    inputs,
    attributes: attributesOf(config),
    constant,
  });
}
