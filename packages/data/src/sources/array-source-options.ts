import type { Shape } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import type { ImageLayout } from '../preprocessing/pixels.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';

/** How an array is adapted to a network. */
export interface ArraySourceOptions {
  /** The network's input as it declares it, the batch first. */
  readonly inputShape: Shape;
  /** For arrays of pixels; arrays in model space are never preprocessed. */
  readonly preprocessing?: Preprocessing;
  /** Where the network has its channels: `resolveNetwork(network).axes`. */
  readonly axes?: InputAxes | undefined;
  /** Says it for flat inputs, or where no axes are given and both could be meant. */
  readonly layout?: ImageLayout;
}
