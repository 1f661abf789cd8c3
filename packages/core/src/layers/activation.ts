import type { Value } from '../program/program-builder.js';
import {
  activationFunctions,
  type ActivationAttributes,
  type ActivationFunction,
  type ActivationScope,
} from './activation-functions.js';
import type { LayerDefinition, LayerScope } from './layer-definition.js';

/** 1 where the rectifier is open: its input is strictly above 0. */
export function rectifierMask({ ops, inputs, mask }: LayerScope): Value {
  return mask('positive', () => ops.isPositive(inputs[0]!));
}

export const rectifier: LayerDefinition<'rectifier'> = {
  forward: (_layer, scope) => {
    const { ops, inputs, masksGiven } = scope;
    if (masksGiven) return ops.mul(inputs[0]!, rectifierMask(scope));
    const rectified = ops.relu(inputs[0]!);
    rectifierMask(scope);
    return rectified;
  },
  gradient: (_layer, scope, _output, r) => [scope.ops.mul(r, rectifierMask(scope))],
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

export const activation: LayerDefinition<'activation'> = {
  forward: ({ attributes }, scope) =>
    part(attributes.function, 'forward')(activationScope(scope), attributes),
  gradient: ({ attributes }, scope, _output, r) => [
    scope.ops.mul(r, part(attributes.function, 'derivative')(activationScope(scope), attributes)),
  ],
};
