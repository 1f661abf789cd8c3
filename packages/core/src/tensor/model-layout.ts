import { PatternLensError } from '../errors/patternlens-error.js';
import { checkTensor } from './check-tensor.js';
import { inversePermutation, permuteTensor } from './permute-tensor.js';
import type { NamedInputs, TensorRecord } from './tensor-record.js';
import type { Tensor } from './tensor.js';

/** The order of axes that brings one axis to the front. */
const frontOrder = (axis: number, rank: number): number[] => [
  axis,
  ...Array.from({ length: rank }, (_, other) => other).filter((other) => other !== axis),
];

function changed(
  { inputs }: NamedInputs,
  values: TensorRecord,
  change: (value: Tensor, order: readonly number[]) => Tensor,
): TensorRecord {
  const moved = inputs.flatMap(({ name, batchAxis = 0 }) => {
    const value = values[name];
    if (!value || batchAxis === 0) return [];
    checkTensor(`input "${name}"`, value);
    const { length } = value.shape;
    if (length <= batchAxis)
      throw new PatternLensError(
        'core',
        'invalid-shape',
        `input "${name}": expected the batch at axis ${batchAxis}, got a tensor of shape [${value.shape.join(', ')}].`,
      );
    return [[name, change(value, frontOrder(batchAxis, length))] as const];
  });
  return moved.length === 0 ? values : { ...values, ...Object.fromEntries(moved) };
}

/** Inputs in the model's own layout with their samples at axis 0, as a network computes with them. */
export const samplesFirst = (network: NamedInputs, values: TensorRecord): TensorRecord =>
  changed(network, values, permuteTensor);

/** Inputs whose samples are at axis 0, or what was explained of them, in the model's own layout. */
export const modelLayout = (network: NamedInputs, values: TensorRecord): TensorRecord =>
  changed(network, values, (value, order) => permuteTensor(value, inversePermutation(order)));
