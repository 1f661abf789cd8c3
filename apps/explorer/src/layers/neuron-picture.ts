import {
  colourMapNamed,
  heatToRgb,
  scaleOf,
  signalToRgb,
  type Picture,
} from '@patternlens/heatmap';
import type { LayerFacts } from '../compute/calls/layer-messages.js';

/** The weights or the pattern of a neuron as a picture: in colours where its inputs are one or three channels of places; else a row for each input channel, its
 * places along it. Zero is mid-grey or white. */
export function neuronPicture(
  values: ArrayLike<number>,
  { channels, rows, columns }: LayerFacts['inputs'],
): Picture {
  const data = Float64Array.from(values);
  const isImage = (channels === 3 || channels === 1) && rows > 1;
  if (isImage && channels === 3)
    return signalToRgb({ data, shape: [channels, rows, columns] }, 'channels-first');
  const plane =
    channels === 1
      ? { values: data, width: columns, height: rows }
      : { values: data, width: rows * columns, height: channels };
  return heatToRgb(plane, scaleOf(data, 100), colourMapNamed('bwr'));
}
