import type { MethodGroup, Tensor } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import { strengths } from './position-maps.js';
import { sampleLayout } from './sample-layout.js';

/** How much a map points at each place of one sample, `[places]`, row-major, at least 0: what `rankAccuracy`, `massAccuracy` and the other scores of
 * localisation take. Attributions: the magnitude of the sum over channels. Signals, functions and inputs: the sum of magnitudes.
 * @param values one sample with its batch of 1 at axis 0, `[1, C, H, W]` say
 * @param axes which of its axes are which */
export const mapStrengths = (values: Tensor, axes: InputAxes, group: MethodGroup): Float64Array =>
  strengths(values, 0, sampleLayout('map', values.shape, axes), group);
