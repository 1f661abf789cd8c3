import type { Value } from '../../program/program-builder.js';
import { gateMagnitude, passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import type { NoAttributes } from '../layer-with.js';
import { elementwiseReach } from '../reach/reach.js';
import {
  activationClass,
  activationFunctions,
  type ActivationAttributes,
  type ActivationFunction,
  type ActivationScope,
} from './activation-functions.js';

/** 1 where the rectifier is open: its input is strictly above 0. */
function rectifierMask({ ops, inputs, mask }: LayerScope): Value {
  return mask('positive', () => ops.isPositive(inputs[0]!));
}

/** `max(x, 0)`. */
export const rectifier: LayerDefinition<NoAttributes> = {
  group: 'rectifier',
  axisOrder: 'kept',
  forward: (_layer, scope) => {
    const { ops, inputs, masksGiven } = scope;
    if (masksGiven) return ops.mul(inputs[0]!, rectifierMask(scope));
    const rectified = ops.relu(inputs[0]!);
    rectifierMask(scope);
    return rectified;
  },
  gradient: (_layer, scope, _output, r) => [scope.ops.mul(r, rectifierMask(scope))],
  reach: elementwiseReach,
  expectedMagnitude: (magnitude, _index, { open }) => gateMagnitude(magnitude, open()),
};

const activationScope = ({
  ops,
  inputs,
  optional,
  mask,
  masksGiven,
}: LayerScope): ActivationScope => ({
  ops,
  x: inputs[0]!,
  slope: optional('slope'),
  mask,
  masksGiven,
});

type Call = (scope: ActivationScope, attributes: ActivationAttributes) => Value;

const part = (name: ActivationFunction, which: 'forward' | 'derivative'): Call =>
  activationFunctions[name][which] as Call;

/** Any other activation; the parametric rectifier has a parameter `slope`. */
export const activation: LayerDefinition<ActivationAttributes> = {
  group: (attributes) => activationClass[attributes.function],
  title: (attributes) => attributes.function,
  axisOrder: 'kept',
  forward: ({ attributes }, scope) =>
    part(attributes.function, 'forward')(activationScope(scope), attributes),
  gradient: ({ attributes }, scope, _output, r) => [
    scope.ops.mul(r, part(attributes.function, 'derivative')(activationScope(scope), attributes)),
  ],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
