import { product } from '../../../tensor/shape.js';
import type { NoAttributes } from '../../layer-with.js';
import { elementwiseReach } from '../../reach/reach.js';
import { unbroadcast } from '../unbroadcast.js';
import { linearDefinition } from './linear-definition.js';

/** A diagonal linear layer: `y = x w + b`, both broadcasting against the input without its batch axis. */
export const scale = linearDefinition<NoAttributes>({
  axisOrder: 'kept',
  operator: (ops, _attributes, input) => ({
    forward: (x, w) => ops.mul(x, w),
    transpose: (r, w) => unbroadcast(ops, ops.mul(r, w), input),
  }),
  neurons: (weights) => ({ neurons: product(weights), inputs: 1, groups: 1 }),
  reach: elementwiseReach,
});
