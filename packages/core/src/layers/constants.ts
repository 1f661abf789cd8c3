import type { LayerDefinition } from './layer-definition.js';
import { unbroadcast } from './unbroadcast.js';

export const addConstant: LayerDefinition<'add-constant'> = {
  forward: (_layer, { ops, inputs, parameter }) => ops.add(inputs[0]!, parameter('value')),
  gradient: (_layer, { ops, inputs }, _output, r) => [unbroadcast(ops, r, inputs[0]!.shape)],
};

export const maskConstant: LayerDefinition<'mask-constant'> = {
  forward: (_layer, { ops, inputs, parameter }) =>
    ops.select(parameter('mask'), inputs[0]!, parameter('value')),
  gradient: (_layer, { ops, inputs, parameter }, _output, r) => [
    unbroadcast(ops, ops.select(parameter('mask'), r, ops.scalar(0)), inputs[0]!.shape),
  ],
};
