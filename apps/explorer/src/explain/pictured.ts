import type { Tensor } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import {
  picturedSample,
  reduceChannels,
  tileSlices,
  type Layout,
  type Plane,
} from '@patternlens/heatmap';
import { sampleAxes } from './sample-axes.js';

/** One sample's tensor in a form that is drawn: slices of a volume lie side by side. */
export interface Pictured {
  readonly values: Tensor;
  readonly layout: Layout;
  /** One number a pixel: the sum over channels. */
  readonly plane: Plane;
  /** It can be shown in colours or greys: an image of one or three channels. */
  readonly isImage: boolean;
  /** Rows are channels of a signal or a table. */
  readonly isStrip: boolean;
}

const known = new WeakMap<object, Pictured>();

/** The only sample of a batch, made ready once: looks are changed often, relevance is not. */
export function pictured(batch: Tensor, axes: InputAxes): Pictured {
  const before = known.get(batch.data);
  if (before) return before;
  const { values, layout, axes: words } = picturedSample(batch, 0, sampleAxes(axes));
  const rank = values.shape.length;
  const isVolume = words.length === rank && rank === (layout === 'no-channels' ? 3 : 4);
  const drawn = isVolume ? tileSlices(values, layout) : values;
  const { shape } = drawn;
  const channels = layout === 'channels-last' ? shape.at(-1) : shape[0];
  const isStrip = layout === 'no-channels' ? shape.length < 2 : shape.length < 3;
  const made: Pictured = {
    values: drawn,
    layout,
    plane: reduceChannels(drawn, layout),
    isStrip,
    isImage: !isStrip && (layout === 'no-channels' || channels === 1 || channels === 3),
  };
  known.set(batch.data, made);
  return made;
}
