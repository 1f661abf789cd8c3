import type { Tensor } from '@patternlens/core';
import { generateSample, type GeneratedSample } from './generate-sample.js';
import { checkIndices, type GeneratorOptions } from './generator.js';

/** Generated images with everything that they were made of; images are [N, 3, 16, 16]. */
export interface GeneratedBatch {
  /** Index of the first sample. */
  readonly first: number;
  readonly labels: Uint8Array;
  /** signal + distractor + noise, exactly. */
  readonly input: Tensor;
  readonly signal: Tensor;
  readonly distractor: Tensor;
  readonly noise: Tensor;
  /** 1 where a pixel depends on the class, [N, 16, 16]. */
  readonly mask: Tensor;
}

/** What generated data consists of: samples `first` to `first + count`, so many at a time. */
export interface GeneratedDataOptions extends GeneratorOptions {
  readonly count: number;
  /** 0 where not given. */
  readonly first?: number;
  /** Samples a batch; 256 where not given. */
  readonly batch?: number;
}

type Component = 'input' | 'signal' | 'distractor' | 'noise' | 'mask';

function stacked(samples: readonly GeneratedSample[], component: Component): Tensor {
  const { data, shape } = samples[0]![component];
  const all = new Float32Array(samples.length * data.length);
  for (const [index, sample] of samples.entries())
    all.set(sample[component].data, index * data.length);
  return { data: all, shape: [samples.length, ...shape] };
}

/** Samples `first` to `first + count`, each as it is alone.
 * @throws PatternLensError `invalid-argument`. */
export function generateBatch(
  first: number,
  count: number,
  options: GeneratorOptions = {},
): GeneratedBatch {
  checkIndices(first, count);
  const samples = Array.from({ length: count }, (_, index) =>
    generateSample(first + index, options),
  );
  return {
    first,
    labels: Uint8Array.from(samples, ({ label }) => label),
    input: stacked(samples, 'input'),
    signal: stacked(samples, 'signal'),
    distractor: stacked(samples, 'distractor'),
    noise: stacked(samples, 'noise'),
    mask: stacked(samples, 'mask'),
  };
}

/** Generated samples in batches, each made when it is asked for.
 * @throws PatternLensError `invalid-argument`. */
export function* generatedData(options: GeneratedDataOptions): Generator<GeneratedBatch> {
  const { first = 0, count, batch = 256, ...generator } = options;
  checkIndices(first, count);
  checkIndices(0, batch);
  for (let done = 0; done < count; done += batch)
    yield generateBatch(first + done, Math.min(batch, count - done), generator);
}
