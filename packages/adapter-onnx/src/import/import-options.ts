import type { Plugin } from '@patternlens/core';
import type { InputShapes } from '@patternlens/importing';
import type { ExternalFiles } from '../read/external-data.js';

export interface ImportOptions {
  /** What is explained instead of the first output: another output of the file, or a value inside, by the name of its tensor or of its layer. */
  readonly output?: string | undefined;
  /** Sizes of free axes by input name, without the batch: `{ data: [3, 48, 192] }`. */
  readonly shapes?: InputShapes | undefined;
  readonly externalFiles?: ExternalFiles | undefined;
  /** What others bring: their layers stand for operators that are not supported. */
  readonly plugins?: readonly Plugin[] | undefined;
}
