import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import type { NoAttributes } from '../layer-with.js';
import { elementwiseReach } from '../reach/reach.js';

/** What does nothing when a network is run. */
const passThrough: LayerDefinition<NoAttributes> = {
  group: 'layout',
  axisOrder: 'kept',
  forward: (_layer, { inputs }) => inputs[0]!,
  gradient: (_layer, _scope, _output, r) => [r],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};

export const dropout = passThrough;
export const identity = passThrough;
