import { PatternLensError, sliceSamples, type Tensor } from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';

/** @throws PatternLensError `empty-data` where there are fewer samples than a metric needs. */
export function requireSamples({ data }: MetricContext, metric: string, needs: number): void {
  if (data.count >= needs) return;
  throw new PatternLensError(
    'evaluate',
    'empty-data',
    `${metric}: there ${data.count === 1 ? 'is 1 sample' : `are ${data.count} samples`}, it needs ${needs} or more.`,
  );
}

/** First sample and size of each batch. */
export function* batches(
  count: number,
  batch: number,
): Generator<{ readonly first: number; readonly size: number }> {
  for (let first = 0; first < count; first += batch)
    yield { first, size: Math.min(batch, count - first) };
}

/** Samples as the tensor of the network's only input.
 * @throws PatternLensError `invalid-shape` where the data give fewer than they were asked for. */
export async function readInput(
  { data }: MetricContext,
  input: string,
  first: number,
  count: number,
): Promise<Tensor> {
  const record = await data.read(first, count);
  const tensor = record[input];
  if (!tensor)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `the data have no input "${input}", but ${Object.keys(record).join(', ')}.`,
    );
  if (tensor.shape[0] !== count)
    throw new PatternLensError(
      'evaluate',
      'invalid-shape',
      `the data gave ${tensor.shape[0] ?? 0} samples where ${count} were asked for.`,
    );
  return tensor;
}

/** The values of one sample, without copying. */
export const sampleData = (tensor: Tensor, sample: number): Tensor['data'] =>
  sliceSamples(tensor, sample, sample + 1).data;
