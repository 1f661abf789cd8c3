import { formatShape } from '@patternlens/core/tensor';
import type { OpenedArray } from '../arrays/opened-array.js';
import { shapeError } from '../errors/data-error.js';
import { channelSteps } from '../preprocessing/channel-steps.js';
import { fitPixels } from '../preprocessing/fit-pixels.js';
import type { Pixels } from '../preprocessing/pixels.js';
import { planGeometry } from '../preprocessing/plan-geometry.js';
import { preprocessPixels } from '../preprocessing/preprocess-pixels.js';
import type { ArraySourceOptions } from './array-source-options.js';
import { inputLayout, sampleShape } from './input-layout.js';

/** Reads an array of pixels, [N, channels, height, width], preprocessed and laid out as the network takes it. All that can
 * be wrong is found here, before anything is read: every sample has the same size. */
export function pixelReader(array: OpenedArray, options: ArraySourceOptions): OpenedArray['read'] {
  const { inputShape, preprocessing = {}, axes, layout } = options;
  const { name } = array;
  const size = imageSize(array);
  const target = inputLayout(name, inputShape, {
    sample: array.shape,
    axes,
    ...(layout ? { layout } : {}),
  });
  channelSteps(preprocessing, target.channels);
  const plan = planGeometry(size, preprocessing, name);
  if (plan.crop.width !== target.width || plan.crop.height !== target.height) {
    throw shapeError(
      name,
      `images of ${target.width} x ${target.height} for the network's input ${formatShape(inputShape)}`,
      `${plan.crop.width} x ${plan.crop.height}`,
      'Set "resize" or "crop" in the preprocessing file to the size that the network takes.',
    );
  }

  const adapted = (planes: ArrayLike<number>): Float32Array => {
    const fitted = fitPixels(interleaved(planes, size), preprocessing, name);
    return preprocessPixels(fitted, preprocessing, target.layout, target.channels);
  };
  const shape = sampleShape(name, inputShape);
  const each = target.channels * target.width * target.height;
  const raw = size.channels * size.width * size.height;
  return async (first, count) => {
    const { data: planes } = await array.read(first, count);
    const data = new Float32Array(count * each);
    for (let at = 0; at < count; at++)
      data.set(adapted(planes.subarray(at * raw, (at + 1) * raw)), at * each);
    return { data, shape: [count, ...shape] };
  };
}

type Size = Omit<Pixels, 'data'>;

function imageSize({ name, shape }: OpenedArray): Size {
  const [channels, height = 0, width = 0] = shape;
  if (shape.length === 3 && (channels === 1 || channels === 3)) return { channels, height, width };
  throw shapeError(
    name,
    'pixels [N, 1 or 3, height, width]',
    `[N, ${shape.join(', ')}]`,
    'Hand in other arrays as model space.',
  );
}

/** Planes of channels as pixels side by side. */
function interleaved(planes: ArrayLike<number>, { channels, height, width }: Size): Pixels {
  const plane = height * width;
  const data = new Uint8Array(planes.length);
  for (let at = 0; at < data.length; at++)
    data[at] = planes[(at % channels) * plane + Math.floor(at / channels)]!;
  return { data, channels, height, width };
}
