import { formatShape } from '@patternlens/core/tensor';
import type { OpenedArray } from '../arrays/opened-array.js';
import { shapeError } from '../errors/data-error.js';
import type { ArraySourceOptions } from './array-source-options.js';
import { sampleShape } from './input-layout.js';

/** Reads samples that are in model space already, as float32. Their shape must be the network's own: which axes to
 * exchange or to join is not guessed. */
export function modelSpaceReader(
  array: OpenedArray,
  { inputShape }: ArraySourceOptions,
): OpenedArray['read'] {
  const { name, shape } = array;
  const wanted = sampleShape(name, inputShape);
  if (wanted.length !== shape.length || wanted.some((size, axis) => size !== shape[axis])) {
    throw shapeError(
      name,
      `samples of the network's input ${formatShape(inputShape)}`,
      `[N${shape.map((size) => `, ${size}`).join('')}]`,
      'Reshape or transpose the array to the shape of the input.',
    );
  }
  return async (first, count) => {
    const { data, shape: full } = await array.read(first, count);
    return { data: data instanceof Float32Array ? data : Float32Array.from(data), shape: full };
  };
}
