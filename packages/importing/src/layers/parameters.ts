import { reshapeParameter, type Parameter } from '@patternlens/core/network';
import { formatShape, mapTensor } from '@patternlens/core/tensor';
import type { Place } from '../place/place.js';
import { parameterInOrder } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';

/** A parameter with its numbers changed. */
export const mapped = (parameter: Parameter, change: (value: number) => number): Parameter => ({
  ...parameter,
  tensor: mapTensor(parameter.tensor, change),
});

/** A constant as it stands beside a value in the network: without the axis of size 1 that stands for the batch, in the value's own order.
 * Layers' parameters broadcast against a value without the network's first axis. */
export function beside(place: Place, constant: Parameter, x: RuntimeValue): Parameter {
  const { shape } = constant.tensor;
  if (shape.length < x.shape.length) return parameterInOrder(constant, x.order);
  const batch = x.order[0]!;
  if (shape.length > x.shape.length || shape[batch] !== 1)
    return place.unsupported(
      `its constant of shape [${shape.join(', ')}] varies along the batch of ${formatShape(x.shape)}.`,
    );
  const ofSample = shape.filter((_, axis) => axis !== batch);
  return parameterInOrder(reshapeParameter(constant, ofSample), x.order);
}
