import type { Tensor } from '@patternlens/core';
import type { UsedPreprocessing } from '../models/preprocessing-choice.js';

/** One source of samples: an image, an array file, generated data. */
export interface OpenedSource {
  /** As results name it: the file's path as given, or the folder's and the file's. */
  readonly name: string;
  /** What result files are named after. */
  readonly stem: string;
  readonly count: number;
  /** The file holds samples in any number, so its pictures are numbered. */
  readonly holdsSeveral: boolean;
  readonly read: (first: number, count: number) => Promise<Tensor>;
  /** The class of every sample, where it is known. */
  readonly labels?: ArrayLike<number> | undefined;
  /** 1 where what decides a sample is, 0 elsewhere, `[N, spatial]`; for data that were made. */
  readonly truth?: ((first: number, count: number) => Promise<Tensor>) | undefined;
  /** The preprocessing that its samples go through; undefined where they are in model space already. */
  readonly preprocessing?: UsedPreprocessing | undefined;
}
