import { type Parameter } from '@patternlens/core/network';
import { formatShape, mapTensor, product } from '@patternlens/core/tensor';
import type { Place } from '../place/place.js';
import { parameterInOrder } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { noteLaid } from './laid.js';

/** A parameter with its numbers changed. */
export const mapped = (parameter: Parameter, change: (value: number) => number): Parameter => ({
  ...parameter,
  tensor: mapTensor(parameter.tensor, change),
});

/** A constant that a file with a fixed batch has once for each of its samples, as that of one sample, where it is the same for all. */
export function forEachSample(
  { batch, shape, fixedBatch = 1 }: RuntimeValue,
  constant: Parameter,
): Parameter {
  const { data, shape: sizes } = constant.tensor;
  const axis = batch === undefined ? -1 : batch.axis - shape.length + sizes.length;
  if (fixedBatch === 1 || sizes[axis] !== fixedBatch) return constant;
  const inner = product(sizes.slice(axis + 1));
  const group = inner * fixedBatch;
  const isSame = (value: number, at: number): boolean =>
    value === data[Math.floor(at / group) * group + (at % inner)];
  if (!data.every(isSame)) return constant;
  const firsts = data.filter((_, at) => at % group < inner);
  return { tensor: { data: firsts, shape: sizes.map((size, at) => (at === axis ? 1 : size)) } };
}

/** A constant as it stands beside a value in the network: without the axis of size 1 that stands for the batch, in the value's own order.
 * Layers' parameters broadcast against a value without the network's first axis. */
export function beside(place: Place, given: Parameter, x: RuntimeValue): Parameter {
  const constant = forEachSample(x, given);
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
