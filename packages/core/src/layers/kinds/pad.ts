import type { PadAttributes } from '../../program/primitives/pad.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { cut } from '../reach/box.js';
import { replaceRanges } from '../reach/reach.js';

/** Pads the input with a number. */
export const pad: LayerDefinition<PadAttributes> = {
  group: 'layout',
  axisOrder: 'kept',
  forward: ({ attributes: { begin, end, value } }, { ops, inputs }) =>
    ops.pad(inputs[0]!, begin, end, value),
  gradient: ({ attributes: { begin } }, { ops, inputs }, _output, r) => [
    ops.slice(r, begin, inputs[0]!.shape),
  ],
  reach: ({ attributes: { begin } }, box, { inputs: [first] }) => {
    const ranges = box.map(({ from, to }, axis) =>
      cut({ from: from - begin[axis]!, to: to - begin[axis]! }, 0, first![axis]!),
    );
    return replaceRanges(box, Object.fromEntries(ranges.entries()));
  },
  expectedMagnitude: passedMagnitude,
};
