import { inversePermutation } from '../../tensor/permute-tensor.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';

/** Axis `i` of the value is axis `permutation[i]` of the input. */
export const transpose: LayerDefinition<{ readonly permutation: readonly number[] }> = {
  group: 'layout',
  axisOrder: ({ permutation }) => permutation,
  forward: ({ attributes }, { ops, inputs }) => ops.transpose(inputs[0]!, attributes.permutation),
  gradient: ({ attributes }, { ops }, _output, r) => [
    ops.transpose(r, inversePermutation(attributes.permutation)),
  ],
  reach: ({ attributes: { permutation } }, box, { inputs: [first] }) => [
    first!.map((_, axis) => box[permutation.indexOf(axis)]!),
  ],
  expectedMagnitude: passedMagnitude,
};
