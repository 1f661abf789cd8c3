import type { ConvAttributes } from '../../../program/window.js';
import { product } from '../../../tensor/shape.js';
import { replaceRanges, spatialRanges } from '../../reach/reach.js';
import { transposedRanges } from '../../reach/window-ranges.js';
import { groupsReach } from './groups-reach.js';
import { linearDefinition } from './linear-definition.js';

export interface TransposedAttributes extends ConvAttributes {
  readonly outputSpatial: readonly number[];
}

/** The attributes of the convolution that a transposed convolution is the transpose of. */
export const convAttributes = ({
  strides,
  padsBegin,
  padsEnd,
  dilations,
  groups,
}: TransposedAttributes): ConvAttributes => ({ strides, padsBegin, padsEnd, dilations, groups });

/** The transpose of a convolution; weights `[inputs, outputs/groups, ...kernel]`. */
export const transposedConvolution = linearDefinition<TransposedAttributes>({
  axisOrder: 'channels-at-1',
  operator: (ops, attributes) => ({
    forward: (x, w) =>
      ops.convInputGradient(x, w, convAttributes(attributes), attributes.outputSpatial),
    transpose: (r, w) => ops.conv(r, w, convAttributes(attributes)),
  }),
  neurons: ([inputs, perGroup, ...kernel], { groups }) => ({
    neurons: perGroup! * groups,
    inputs: (inputs! / groups) * product(kernel),
    groups,
  }),
  reach: ({ attributes, parameters }, box, { inputs: [first] }) => {
    const [inputs, perGroup, ...kernel] = parameters['weights']!.tensor.shape;
    const channels = groupsReach(box[1]!, perGroup!, inputs! / attributes.groups);
    const ranges = transposedRanges(box, kernel, attributes, first!);
    return replaceRanges(box, { 1: channels, ...spatialRanges(ranges) });
  },
});
