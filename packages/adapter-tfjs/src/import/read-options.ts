import type { Plugin } from '@patternlens/core';
import type { InputShapes } from '@patternlens/importing';

export interface ReadTfjsOptions {
  /** What is explained instead of the first output: another output of the model, or a value inside, by the name of its layer or node. */
  readonly output?: string | undefined;
  /** Sizes of free axes by input name, without the batch: `{ image: [224, 224, 3] }`. */
  readonly shapes?: InputShapes | undefined;
  /** What others bring: their layers stand for classes and operations that are not supported. */
  readonly plugins?: readonly Plugin[] | undefined;
}
