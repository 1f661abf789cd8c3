import type { Value } from '../../program/program-builder.js';
import { sizeOf, type Shape } from '../../tensor/shape.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import type { LayerWith } from '../layer-with.js';
import { elementwiseReach } from '../reach/reach.js';

export interface BatchNormalisationAttributes {
  readonly epsilon: number;
}

/** `[C]` as it broadcasts along axis 1 of a value. */
function alongChannels({ ops }: LayerScope, value: Value, shape: Shape): Value {
  return ops.reshape(value, [sizeOf(value.shape), ...shape.slice(2).map(() => 1)]);
}

function batchScale(layer: LayerWith<BatchNormalisationAttributes>, scope: LayerScope): Value {
  const { ops, parameter } = scope;
  const deviation = ops.sqrt(ops.add(parameter('variance'), ops.scalar(layer.attributes.epsilon)));
  return alongChannels(scope, ops.div(parameter('scale'), deviation), scope.inputs[0]!.shape);
}

/** Along axis 1, with stored statistics; parameters `scale`, `shift`, `mean`, `variance`, each `[channels]`. */
export const batchNormalisation: LayerDefinition<BatchNormalisationAttributes> = {
  group: 'other',
  axisOrder: 'channels-at-1',
  forward: (layer, scope) => {
    const { ops, inputs, parameter } = scope;
    const [x] = inputs;
    const centred = ops.sub(x!, alongChannels(scope, parameter('mean'), x!.shape));
    return ops.add(
      ops.mul(centred, batchScale(layer, scope)),
      alongChannels(scope, parameter('shift'), x!.shape),
    );
  },
  gradient: (layer, scope, _output, r) => [scope.ops.mul(r, batchScale(layer, scope))],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
