import type { ResampleFilter } from '../resize/resample-filter.js';

/** One length, or [height, width]. */
export type Extent = number | readonly [height: number, width: number];

/** How pixels become what a network takes: value = (pixel 0..255 * scale - mean) / std, computed after the image was
 * resized and cropped. All of it may be left out. */
export interface Preprocessing {
  /** A number: the shorter side is scaled to it, the shape is kept. [height, width]: scaled to exactly that. */
  readonly resize?: Extent;
  /** A square, or [height, width], cut from the centre. */
  readonly crop?: Extent;
  /** How `resize` makes pixels: the filters of Pillow, by whose names networks are published. `bilinear` where not given. */
  readonly resample?: ResampleFilter;
  /** In which order the network takes the channels; `gray`: the luminance, in every channel that it takes. Where not
   * given, `gray` for one channel, `rgb` for three. */
  readonly channels?: ChannelOrder;
  /** 1 where not given. */
  readonly scale?: number;
  /** After scaling; one number, or one a channel in the network's order (blue first for `bgr`). 0 where not given. */
  readonly mean?: readonly number[];
  /** After scaling, in the order of `mean`. 1 where not given. */
  readonly std?: readonly number[];
}

export type ChannelOrder = 'rgb' | 'bgr' | 'gray';

export const CHANNEL_ORDERS: readonly ChannelOrder[] = ['rgb', 'bgr', 'gray'];
