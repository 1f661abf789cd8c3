import { PatternLensError } from '@patternlens/core';
import { product, samplesFirst } from '@patternlens/core/tensor';
import { openArray, type OpenedArray } from '@patternlens/data';
import { blobSource } from './blob-source.js';

/** An array of the model's own layout, which has the batch at another axis, as an array of samples: it is read whole. */
async function turned(array: OpenedArray, batchAxis: number): Promise<OpenedArray> {
  const { name } = array;
  if (array.pixels || array.shape.length < batchAxis)
    throw new PatternLensError(
      'explorer',
      'invalid-file',
      `${name}: its input has the batch at axis ${batchAxis}, which a file of shape [${[array.count, ...array.shape].join(', ')}] does not have. Give a .npy file in the model's own layout.`,
      { file: name },
    );
  const inputs = [{ name, batchAxis }];
  const values = samplesFirst({ inputs }, { [name]: await array.read(0, array.count) })[name]!;
  const [count, ...shape] = values.shape as readonly [number, ...number[]];
  const each = product(shape);
  return {
    ...array,
    count,
    shape,
    read: (first, wanted) =>
      Promise.resolve({
        data: values.data.slice(first * each, (first + wanted) * each),
        shape: [wanted, ...shape],
      }),
  };
}

/** Opens a file of samples.
 * @param batchAxis Where the model has the batch of the input that it is for.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function openOwnArray(
  name: string,
  content: Blob,
  batchAxis = 0,
): Promise<OpenedArray> {
  const array = await openArray(name, blobSource(content));
  return batchAxis === 0 ? array : turned(array, batchAxis);
}
