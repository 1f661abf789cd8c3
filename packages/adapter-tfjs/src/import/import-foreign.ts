import {
  importNode,
  messageOf,
  PatternLensError,
  type AddLayer,
  type LayerImports,
  type NodeAttribute,
  type Parameter,
  type Tensor,
} from '@patternlens/core';
import { isObject, type JsonObject } from '../read/json-object.js';
import { axisInOrder } from './order.js';
import type { ImportContext } from './import-context.js';
import type { Place } from './place.js';
import type { Imported, RuntimeValue } from './values.js';

interface Foreign {
  readonly inputs: readonly Imported[];
  readonly attributes: JsonObject;
  readonly constant: (which: number | string) => Parameter | undefined;
}

const isScalar = (value: unknown): value is number | string | boolean =>
  ['number', 'string', 'boolean'].includes(typeof value);

/** What a plug-in sees of a layer's configuration: numbers, words, and lists of numbers. */
function attributesOf(config: JsonObject): Record<string, NodeAttribute> {
  return Object.fromEntries(
    Object.entries(config).filter(
      (entry): entry is [string, NodeAttribute] =>
        isScalar(entry[1]) ||
        (Array.isArray(entry[1]) && entry[1].every((own) => typeof own === 'number')),
    ),
  );
}

const asParameter = (value: Parameter | Tensor | undefined): Parameter | undefined =>
  value === undefined || 'tensor' in value ? value : { tensor: value };

/** The value with the shape that the network has it in. */
function shown(value: RuntimeValue): RuntimeValue {
  const rank = value.shape.length;
  const shape = value.shape.slice();
  value.shape.forEach((size, axis) => {
    shape[axisInOrder(axis, rank, value.channelsFirst)] = size;
  });
  return { ...value, shape };
}

/** Lets a plug-in make layers of a layer or node, over values with channels first: the first takes its name, further ones `NAME/2` and so on. */
export function importForeign(
  owned: NonNullable<ReturnType<LayerImports['get']>>,
  place: Place,
  context: ImportContext,
  { inputs, attributes, constant }: Foreign,
): RuntimeValue {
  const values = new Map<unknown, RuntimeValue>();
  const show = (value: RuntimeValue): RuntimeValue => {
    const own = shown(value);
    values.set(own, value);
    return own;
  };
  let added = 0;
  const add: AddLayer = (kind, read, own, parameters = {}) => {
    added++;
    const kept = Object.entries(parameters).map(([name, value]) => [name, asParameter(value)]);
    const made = context.layer(
      place,
      kind,
      {
        inputs: read.map((value) => values.get(value)!),
        attributes: own,
        parameters: Object.fromEntries(kept) as Record<string, Parameter | undefined>,
        ...(added === 1 ? {} : { word: String(added) }),
      },
      true,
    );
    return show(made);
  };
  const node = {
    framework: 'tfjs' as const,
    operator: place.kind,
    name: place.name,
    inputs: inputs.map((input) =>
      input.kind === 'runtime' ? show(context.first(input)) : undefined,
    ),
    attributes: attributesOf(isObject(attributes) ? attributes : {}),
    constant,
  };
  try {
    const made = importNode(owned, node, add);
    context.plugins.add(owned.plugin);
    return values.get(made)!;
  } catch (cause) {
    const known = cause instanceof PatternLensError;
    throw new PatternLensError(
      'adapter-tfjs',
      known ? cause.code : 'plugin-failed',
      messageOf(cause),
      {
        ...(known ? cause.subject : {}),
        about: `${place.kind} "${place.name}"`,
        layer: place.name,
      },
      cause,
    );
  }
}
