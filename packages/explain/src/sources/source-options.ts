import type { Shape } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import { type ImageDecoder, inputLayout } from '@patternlens/data';
import {
  usedPreprocessing,
  type PreprocessingChoice,
  type UsedPreprocessing,
} from '../models/preprocessing-choice.js';

/** What the samples of a source become. */
export interface SourceOptions {
  /** The network's input, the batch first. */
  readonly inputShape: Shape;
  readonly axes: InputAxes;
  /** Where arrays of the model's own layout have the batch, if not at axis 0. */
  readonly batchAxis?: number | undefined;
  /** How images become the input's values. */
  readonly preprocessing: PreprocessingChoice;
  /** What decodes images. */
  readonly decoder: ImageDecoder;
}

/** The preprocessing of pixels for an input, and for flat inputs of pixels of a certain shape. */
export const usedFor = (
  name: string,
  { inputShape, axes, preprocessing }: SourceOptions,
  sample?: readonly number[],
): UsedPreprocessing =>
  usedPreprocessing(preprocessing, () => {
    const { height, width } = inputLayout(name, inputShape, {
      axes,
      ...(sample ? { sample } : {}),
    });
    return [height, width];
  });
