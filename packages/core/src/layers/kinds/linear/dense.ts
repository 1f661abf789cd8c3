import { wholeAlong } from '../../reach/reach.js';
import type { NoAttributes } from '../../layer-with.js';
import { linearDefinition } from './linear-definition.js';

/** `y = x w' + b` over the last axis; weights `[outputs, inputs]`, bias broadcasting against the output without its batch axis. */
export const dense = linearDefinition<NoAttributes>({
  axisOrder: 'channels-last',
  operator: (ops) => ({
    forward: (x, w) => ops.matmul(x, ops.transpose(w, [1, 0])),
    transpose: (r, w) => ops.matmul(r, w),
  }),
  neurons: ([neurons, inputs]) => ({ neurons: neurons!, inputs: inputs!, groups: 1 }),
  reach: (_layer, box, shapes) => wholeAlong(box, [shapes.inputs[0]!.length - 1], shapes),
});
