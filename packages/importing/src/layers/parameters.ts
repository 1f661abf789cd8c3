import { type Parameter } from '@patternlens/core/network';
import { formatShape, mapTensor } from '@patternlens/core/tensor';
import type { Place } from '../place/place.js';
import { parameterInOrder } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { noteLaid } from './laid.js';

/** A parameter with its numbers changed. */
export const mapped = (parameter: Parameter, change: (value: number) => number): Parameter => ({
  ...parameter,
  tensor: mapTensor(parameter.tensor, change),
});

/** A constant as it stands beside a value in the network: without the axis of size 1 that stands for the batch, in the value's own order.
 * Layers' parameters broadcast against a value without the network's first axis. */
export function beside(place: Place, constant: Parameter, x: RuntimeValue): Parameter {
  const { shape } = constant.tensor;
  const missing = x.shape.length - shape.length;
  const varies = [x.batch?.axis, x.order[0]].some(
    (axis) => axis !== undefined && (shape[axis - missing] ?? 1) !== 1,
  );
  if (missing < 0 || varies)
    return place.unsupported(
      `its constant of shape [${shape.join(', ')}] varies along the batch of ${formatShape(x.shape)}.`,
    );
  return noteLaid(parameterInOrder(constant, x.order), x.order);
}
