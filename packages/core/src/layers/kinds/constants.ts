import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import type { NoAttributes } from '../layer-with.js';
import { elementwiseReach } from '../reach/reach.js';
import { unbroadcast } from './unbroadcast.js';

/** Adds `value`, which broadcasts against the input without its batch axis. */
export const addConstant: LayerDefinition<NoAttributes> = {
  group: 'sum',
  axisOrder: 'kept',
  forward: (_layer, { ops, inputs, parameter }) => ops.add(inputs[0]!, parameter('value')),
  gradient: (_layer, { ops, inputs }, _output, r) => [unbroadcast(ops, r, inputs[0]!.shape)],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};

/** `value` where `mask` is 0; both broadcast against the input without its batch axis. Minus infinity is a usual value. */
export const maskConstant: LayerDefinition<NoAttributes> = {
  group: 'maximum',
  axisOrder: 'unknown',
  takesInfinity: true,
  forward: (_layer, { ops, inputs, parameter }) =>
    ops.select(parameter('mask'), inputs[0]!, parameter('value')),
  gradient: (_layer, { ops, inputs, parameter }, _output, r) => [
    unbroadcast(ops, ops.select(parameter('mask'), r, ops.scalar(0)), inputs[0]!.shape),
  ],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
