import type { SampleSource, Tensor } from '@patternlens/core';

/** Formats that arrays come in; `generated` needs no file. */
export type ArrayFormat = 'npy' | 'idx' | 'cifar-10' | 'cifar-100' | 'generated';

/** An array of samples, of which only what is asked for is read. */
export interface OpenedArray extends SampleSource {
  /** The file's name, for messages. */
  readonly name: string;
  readonly format: ArrayFormat;
  /** Number of samples. */
  readonly count: number;
  /** One sample, without the batch; [channels, height, width] for images. */
  readonly shape: readonly number[];
  /** True: raw pixels of 0 to 255, which preprocessing applies to. False: model space, never preprocessed. */
  readonly pixels: boolean;
  /** The class of every sample, where the file holds it. */
  readonly labels?: Uint8Array;
  /** Samples `first` to `first + count`: [count, ...shape].
   * @throws PatternLensError `invalid-argument` beyond the end; `invalid-file` where the bytes can't be had. */
  readonly read: (first: number, count: number) => Promise<Tensor>;
}
