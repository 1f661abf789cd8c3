import { generateBatch, generatedSource } from '@patternlens/data';
import { arraySamples, type OpenedSource, type SourceOptions } from '@patternlens/explain/node';
import { UsageError } from '../arguments/usage-error.js';

/** Which of the generated samples. */
interface Generated {
  readonly seed: number;
  readonly first: number;
}

/** `generated`, `generated:seed=7`, `generated:seed=7,first=8000`; undefined for another source.
 * @throws UsageError for other settings. */
export function parseGenerated(text: string): Generated | undefined {
  if (text !== 'generated' && !text.startsWith('generated:')) return undefined;
  const settings = { seed: 7, first: 0 };
  for (const part of text.split(':').slice(1).join(':').split(',').filter(Boolean)) {
    const [key, value] = part.split('=') as [string, string | undefined];
    const number = Number(value);
    if (
      (key !== 'seed' && key !== 'first') ||
      value === undefined ||
      !Number.isSafeInteger(number) ||
      number < 0
    ) {
      throw new UsageError(
        `${text}: expected generated, generated:seed=7 or generated:seed=7,first=8000, got "${part}".`,
      );
    }
    settings[key] = number;
  }
  return settings;
}

/** Generated samples, whose truth is known. */
export function generatedSamples(
  name: string,
  count: number,
  generated: Generated,
  options: SourceOptions,
): OpenedSource {
  const { seed, first } = generated;
  const array = generatedSource({ count, ...generated });
  return {
    ...arraySamples(array, { name, stem: 'generated' }, options),
    truth: (from, samples) =>
      Promise.resolve().then(() => generateBatch(first + from, samples, { seed }).mask),
  };
}

/** The shape of one of them. */
export const generatedShape = (): readonly number[] => generatedSource({ count: 1 }).shape;
