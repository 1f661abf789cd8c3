import type { Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import { whole } from '../reach/box.js';

/** What a layer of a kind of its own computes, in primitives. */
export interface CustomAttributes {
  /** The kind as people read it. */
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly forward: (scope: LayerScope, options: Readonly<Record<string, unknown>>) => Value;
  /** What goes back to each input for an incoming gradient `r` of the output's shape. */
  readonly gradient: (
    scope: LayerScope,
    output: Value,
    r: Value,
    options: Readonly<Record<string, unknown>>,
  ) => readonly Value[];
}

/** A kind that PatternLens does not know, which is known by what it computes: the layer holds that among its attributes. */
export const custom: LayerDefinition<CustomAttributes> = {
  group: 'other',
  title: ({ type }) => type,
  axisOrder: 'unknown',
  forward: ({ attributes }, scope) => attributes.forward(scope, attributes.options ?? {}),
  gradient: ({ attributes }, scope, output, r) =>
    attributes.gradient(scope, output, r, attributes.options ?? {}),
  // It may read anything.
  reach: (_layer, box, { inputs }) =>
    inputs.map((shape) => shape.map((size, axis) => (axis === 0 ? box[0]! : whole(size)))),
  expectedMagnitude: passedMagnitude,
};
