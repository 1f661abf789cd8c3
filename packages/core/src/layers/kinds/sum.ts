import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { reducedReach, type ReducedAxes } from './reduced-axes.js';

/** The sum over the given axes. */
export const sum: LayerDefinition<ReducedAxes> = {
  group: 'average',
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) => ops.reduceSum(inputs[0]!, attributes.axes),
  gradient: (_layer, { ops, inputs }, _output, r) => [ops.broadcast(r, inputs[0]!.shape)],
  reach: reducedReach,
  expectedMagnitude: passedMagnitude,
};
