import type { Shape } from '../../tensor/shape.js';
import { channelsOf, passedMagnitude, type ExpectedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { cut, withRanges } from '../reach/box.js';

/** Joins its inputs along an axis. */
export const concat: LayerDefinition<{ readonly axis: number }> = {
  group: 'layout',
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) => ops.concat(inputs, attributes.axis),
  gradient: ({ attributes: { axis } }, { ops, inputs }, _output, r) => {
    let start = 0;
    return inputs.map((x) => {
      const part = ops.slice(
        r,
        x.shape.map((_, a) => (a === axis ? start : 0)),
        x.shape,
      );
      start += x.shape[axis] as number;
      return part;
    });
  },
  reach: ({ attributes: { axis } }, box, { inputs }) => {
    let start = 0;
    return inputs.map((sizes) => {
      const size = sizes[axis]!;
      const { from, to } = box[axis]!;
      const part = cut({ from: from - start, to: to - start }, 0, size);
      start += size;
      return withRanges(box, new Map([[axis, part]]));
    });
  },
  expectedMagnitude: (magnitude, index, backward) =>
    backward.attributes.axis === 1
      ? channelPart(magnitude, backward.inputs, index)
      : passedMagnitude(magnitude, index, backward),
};

/** The channels of one input. */
function channelPart(
  { mean, square }: ExpectedMagnitude,
  inputs: readonly Shape[],
  index: number,
): ExpectedMagnitude {
  const begin = inputs.slice(0, index).reduce((sum, shape) => sum + channelsOf(shape).channels, 0);
  const end = begin + channelsOf(inputs[index]!).channels;
  return { mean: mean.slice(begin, end), square: square.slice(begin, end) };
}
