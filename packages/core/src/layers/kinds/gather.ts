import type { GatherAttributes } from '../../program/primitives/gather.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { spanOf } from '../reach/box.js';
import { replaceRanges } from '../reach/reach.js';
import { scatterAlong } from './scatter-along.js';

/** The entries of one axis at constant indices. */
export const gather: LayerDefinition<GatherAttributes> = {
  group: 'layout',
  axisOrder: 'unknown',
  forward: ({ attributes: { axis, indices } }, { ops, inputs }) =>
    ops.gather(inputs[0]!, axis, indices),
  gradient: ({ attributes: { axis, indices } }, { ops, inputs }, _output, r) => [
    scatterAlong(ops, r, axis, indices, inputs[0]!.shape[axis] as number),
  ],
  reach: ({ attributes: { axis, indices } }, box, { inputs: [first] }) =>
    replaceRanges(box, {
      [axis]: spanOf(indices.slice(box[axis]!.from, box[axis]!.to), first![axis]!),
    }),
  expectedMagnitude: passedMagnitude,
};
