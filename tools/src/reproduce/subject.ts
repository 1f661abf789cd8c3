import type { Backend, Network, SampleSource, Tensor } from '@patternlens/core';
import type { DoubleProduct } from '@patternlens/core/backend';
import type { PictureRenderer } from '@patternlens/heatmap';

/** Pixels to inputs, as pictures of inputs undo it. */
interface PixelSteps {
  readonly scale?: number;
  readonly mean?: number | readonly number[];
  readonly std?: number | readonly number[];
}

/** A network to measure, and the samples for each measurement: no two of `fit`, `regress` and `test` share any. */
export interface Subject {
  readonly id: string;
  readonly title: string;
  /** Where network and samples come from, in words. */
  readonly about: string;
  readonly network: Network;
  readonly classes?: readonly string[] | undefined;
  readonly preprocessing?: PixelSteps | undefined;
  /** Patterns. */
  readonly fit: SampleSource;
  /** The regression from what an estimator leaves. */
  readonly regress: SampleSource;
  /** The correlation that is reported. */
  readonly test: SampleSource;
  /** Images that are degraded, and of which the first are shown. */
  readonly degraded: SampleSource;
  readonly shown: number;
  /** Side of a patch, and how many are replaced. */
  readonly patch: number;
  readonly steps: number;
  /** Samples computed at once. */
  readonly batch: number;
  /** Layers with more inputs a neuron are left out of rho. */
  readonly widest: number;
}

/** What measurements run on. */
export interface Bench {
  readonly backend: Backend;
  readonly product: DoubleProduct;
  readonly renderer: PictureRenderer;
  readonly seed: number;
  readonly say: (what: string) => void;
}

/** One sample of a batch. */
export function sampleOf({ data, shape }: Tensor, index: number): Tensor {
  const sampleShape = shape.slice(1);
  const each = sampleShape.reduce((total, size) => total * size, 1);
  return { data: data.slice(index * each, (index + 1) * each), shape: sampleShape };
}
