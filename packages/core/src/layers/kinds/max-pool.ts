import type { Value } from '../../program/program-builder.js';
import type { PoolAttributes } from '../../program/window.js';
import { gateMagnitude, positionShare } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import { replaceRanges, spatialRanges } from '../reach/reach.js';
import { windowRanges } from '../reach/window-ranges.js';

/** Where each window's maximum came from. */
function poolSwitches(attributes: PoolAttributes, { ops, inputs, mask }: LayerScope): Value {
  return mask('switches', () => ops.poolSwitches(inputs[0]!, attributes));
}

/** The largest value of each window. The end pads hold what ceil mode adds. */
export const maxPool: LayerDefinition<PoolAttributes> = {
  group: 'maximum',
  axisOrder: 'channels-at-1',
  forward: ({ attributes }, scope) => {
    const { ops, inputs } = scope;
    const switches = poolSwitches(attributes, scope);
    return scope.masksGiven
      ? ops.poolBySwitches(inputs[0]!, switches, attributes)
      : ops.maxPool(inputs[0]!, attributes);
  },
  gradient: ({ attributes }, scope, _output, r) => [
    scope.ops.unpool(
      r,
      poolSwitches(attributes, scope),
      attributes,
      scope.inputs[0]!.shape.slice(2) as number[],
    ),
  ],
  reach: ({ attributes }, box, { inputs: [first] }) =>
    replaceRanges(box, spatialRanges(windowRanges(box, attributes.kernel, attributes, first!))),
  expectedMagnitude: (magnitude, index, backward) =>
    gateMagnitude(magnitude, positionShare(index, backward)),
};
