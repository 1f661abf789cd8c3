import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { elementwiseReach } from '../reach/reach.js';
import { pointwiseFunctions, type PointwiseFunction } from './pointwise-functions.js';

export const pointwise: LayerDefinition<{ readonly function: PointwiseFunction }> = {
  group: 'other',
  title: (attributes) => attributes.function,
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) =>
    pointwiseFunctions[attributes.function].value(ops, inputs[0]!),
  gradient: ({ attributes }, { ops, inputs }, output, r) => [
    ops.mul(r, pointwiseFunctions[attributes.function].derivative(ops, inputs[0]!, output)),
  ],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
