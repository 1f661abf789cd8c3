import type { SampleSource, Tensor } from '@patternlens/core';
import type { OpenedArray } from '../arrays/opened-array.js';
import type { ArraySourceOptions } from './array-source-options.js';
import { modelSpaceReader } from './model-space-reader.js';
import { pixelReader } from './pixel-reader.js';

/** An array's samples as a network takes them, float32. */
export interface ArraySource extends SampleSource {
  /** The array's name, for messages. */
  readonly name: string;
  /** The class of every sample, where the array holds it. */
  readonly labels?: Uint8Array;
  readonly read: (first: number, count: number) => Promise<Tensor>;
}

/** An opened array as a network takes it: pixels are resized, cropped, preprocessed and laid out as the network's input
 * is; what is in model space must have the input's shape already.
 * @throws PatternLensError `invalid-shape` naming the array, what the network takes and what there is;
 * `invalid-argument` where the preprocessing can't be done. */
export function arraySource(array: OpenedArray, options: ArraySourceOptions): ArraySource {
  const { name, count, labels } = array;
  const read = array.pixels ? pixelReader(array, options) : modelSpaceReader(array, options);
  return { name, count, ...(labels ? { labels } : {}), read };
}
