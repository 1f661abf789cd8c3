import type { ConvAttributes } from '../../../program/window.js';
import { product } from '../../../tensor/shape.js';
import { replaceRanges, spatialRanges } from '../../reach/reach.js';
import { windowRanges } from '../../reach/window-ranges.js';
import { groupsReach } from './groups-reach.js';
import { linearDefinition } from './linear-definition.js';

/** Any number of spatial axes, depthwise included; weights `[outputs, inputs/groups, ...kernel]`. */
export const convolution = linearDefinition<ConvAttributes>({
  axisOrder: 'channels-at-1',
  operator: (ops, attributes, input) => ({
    forward: (x, w) => ops.conv(x, w, attributes),
    transpose: (r, w) => ops.convInputGradient(r, w, attributes, input.slice(2) as number[]),
  }),
  neurons: ([neurons, ...inputs], { groups }) => ({
    neurons: neurons!,
    inputs: product(inputs),
    groups,
  }),
  reach: ({ attributes, parameters }, box, { inputs: [first] }) => {
    const [outputs, perGroup, ...kernel] = parameters['weights']!.tensor.shape;
    const channels = groupsReach(box[1]!, outputs! / attributes.groups, perGroup!);
    const ranges = windowRanges(box, kernel, attributes, first!);
    return replaceRanges(box, { 1: channels, ...spatialRanges(ranges) });
  },
});
