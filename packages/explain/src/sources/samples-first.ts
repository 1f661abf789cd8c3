import { PatternLensError } from '@patternlens/core';
import { samplesFirst as moved, product } from '@patternlens/core/tensor';
import type { OpenedArray } from '@patternlens/data';

/** An array of the model's own layout, which has the batch at another axis, as an array of samples: it is read whole. */
export async function samplesFirst(
  array: OpenedArray,
  batchAxis: number | undefined,
): Promise<OpenedArray> {
  if (batchAxis === undefined || batchAxis === 0) return array;
  const { name } = array;
  if (array.pixels || array.shape.length < batchAxis)
    throw new PatternLensError(
      'explain',
      'invalid-file',
      `"${name}": its input has the batch at axis ${batchAxis}, which the file of shape [${[array.count, ...array.shape].join(', ')}] does not have. Give a .npy file in the model's own layout.`,
      { file: name },
    );
  const whole = await array.read(0, array.count);
  const { array: values } = moved({ inputs: [{ name: 'array', batchAxis }] }, { array: whole });
  const [count, ...shape] = values!.shape as [number, ...number[]];
  const each = product(shape);
  return {
    ...array,
    count,
    shape,
    read: (first, wanted) =>
      Promise.resolve({
        data: values!.data.slice(first * each, (first + wanted) * each),
        shape: [wanted, ...shape],
      }),
  };
}
