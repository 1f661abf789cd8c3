import type { Tensor } from '@patternlens/core';
import { channelLayout, type InputAxes } from '@patternlens/core/network';
import { permuteTensor } from '@patternlens/core/tensor';
import type { Layout } from './geometry.js';

/** One sample in a form that pictures are made of. */
export interface PicturedSample {
  /** Without the batch axis; channels first or last, wherever the network has them. */
  readonly values: Tensor;
  readonly layout: Layout;
  /** A word for each of its axes. */
  readonly axes: readonly string[];
}

/** More axes of places than these make no picture: their values are a row. */
const MOST_PLACES = 3;

/** The axes of a sample in the order in which it is drawn, counted without the batch: channels that stand between two places come
 * to the front. */
export function pictureOrder({ batch, channels, spatial }: InputAxes): readonly number[] {
  const own = (axis: number): number => (axis > batch ? axis - 1 : axis);
  const axes = [...spatial, ...(channels === undefined ? [] : [channels])]
    .map(own)
    .sort((a, b) => a - b);
  const between = channels !== undefined && channels > spatial[0]! && channels < spatial.at(-1)!;
  if (!between) return axes;
  return [own(channels), ...axes.filter((axis) => axis !== own(channels))];
}

/** What is known of samples in this form before there are any. */
export type PicturedAxes = Omit<PicturedSample, 'values'>;

/** Where the channels of samples in this form are, and what their axes are called. */
export function picturedAxes(axes: InputAxes): PicturedAxes {
  if (axes.spatial.length > MOST_PLACES)
    return { layout: 'no-channels', axes: ['all values, one behind the other'] };
  const order = pictureOrder(axes);
  const names = axes.names.filter((_, axis) => axis !== axes.batch);
  const isAsLaidOut = order.every((axis, at) => axis === at);
  return {
    layout: isAsLaidOut ? channelLayout(axes) : 'channels-first',
    axes: order.map((axis) => names[axis]!),
  };
}

/** One sample of a batch, as the network lays it out, in a form that pictures are made of. */
export function picturedSample(batch: Tensor, index: number, axes: InputAxes): PicturedSample {
  const values = permuteTensor(sampleAt(batch, index, axes.batch), pictureOrder(axes));
  return {
    values:
      axes.spatial.length > MOST_PLACES
        ? { data: values.data, shape: [values.data.length] }
        : values,
    ...picturedAxes(axes),
  };
}

function sampleAt(batch: Tensor, index: number, batchAxis: number): Tensor {
  const others = batch.shape.map((_, axis) => axis).filter((axis) => axis !== batchAxis);
  const { data, shape } = batchAxis === 0 ? batch : permuteTensor(batch, [batchAxis, ...others]);
  const each = data.length / shape[0]!;
  return { data: data.slice(index * each, (index + 1) * each), shape: shape.slice(1) };
}
