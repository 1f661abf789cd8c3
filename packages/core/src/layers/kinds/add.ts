import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { elementwiseReach } from '../reach/reach.js';
import { unbroadcast } from './unbroadcast.js';

/** The sum of all inputs, each with its sign. */
export const add: LayerDefinition<{ readonly signs: readonly (1 | -1)[] }> = {
  group: 'sum',
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) => {
    const first = attributes.signs[0] === -1 ? ops.neg(inputs[0]!) : inputs[0]!;
    return inputs
      .slice(1)
      .reduce(
        (total, x, index) =>
          attributes.signs[index + 1] === -1 ? ops.sub(total, x) : ops.add(total, x),
        first,
      );
  },
  gradient: ({ attributes }, { ops, inputs }, _output, r) =>
    inputs.map((x, index) =>
      unbroadcast(ops, attributes.signs[index] === -1 ? ops.neg(r) : r, x.shape),
    ),
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
