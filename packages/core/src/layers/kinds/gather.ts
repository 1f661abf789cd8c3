import type { GatherAttributes } from '../../program/primitives/gather.js';
import { tensor, type Tensor } from '../../tensor/tensor.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { spanOf } from '../reach/box.js';
import { replaceRanges } from '../reach/reach.js';
import { alongAxis } from './along-axis.js';

/** 1 at `[i, indices[i]]`: picks entries when multiplied from the left. */
function selection(indices: readonly number[], size: number): Tensor {
  const data = new Float64Array(indices.length * size);
  indices.forEach((index, row) => (data[row * size + index] = 1));
  return tensor(data, [indices.length, size]);
}

/** The entries of one axis at constant indices. */
export const gather: LayerDefinition<GatherAttributes> = {
  group: 'layout',
  axisOrder: 'unknown',
  forward: ({ attributes: { axis, indices } }, { ops, inputs }) =>
    ops.gather(inputs[0]!, axis, indices),
  gradient: ({ attributes: { axis, indices } }, { ops, inputs }, _output, r) => {
    const matrix = ops.constant(selection(indices, inputs[0]!.shape[axis] as number));
    return [alongAxis(ops, r, axis, ops.transpose(matrix, [1, 0]))];
  },
  reach: ({ attributes: { axis, indices } }, box, { inputs: [first] }) =>
    replaceRanges(box, {
      [axis]: spanOf(indices.slice(box[axis]!.from, box[axis]!.to), first![axis]!),
    }),
  expectedMagnitude: passedMagnitude,
};
