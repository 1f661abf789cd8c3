import type { Shape } from '../../tensor/shape.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { elementwiseReach } from '../reach/reach.js';
import { unbroadcast } from './unbroadcast.js';

/** Repeats axes of size 1, and adds leading axes, until the shape is reached. */
export const expand: LayerDefinition<{ readonly shape: Shape }> = {
  group: 'layout',
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) => ops.broadcast(inputs[0]!, attributes.shape),
  gradient: (_layer, { ops, inputs }, _output, r) => [unbroadcast(ops, r, inputs[0]!.shape)],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
