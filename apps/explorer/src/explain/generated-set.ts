import { generateBatch } from '@patternlens/data';
import type { Sample, SampleSet } from '../state/samples.js';

/** Samples of the generated data that the gallery offers. */
const OFFERED = 24;

/** The generated data behind a seed as samples of a model with one input of its shape. */
export function generatedSet(input: string, seed: number, first = 0): SampleSet {
  const source = first === 0 ? `generated:seed=${seed}` : `generated:seed=${seed},first=${first}`;
  return {
    key: source,
    source,
    stem: 'generated',
    single: false,
    count: OFFERED,
    nameOf: (index) => `sample ${index}`,
    read: (index): Promise<Sample> => {
      const batch = generateBatch(first + index, 1, { seed });
      const { signal, distractor, mask, labels } = batch;
      return Promise.resolve({
        inputs: { [input]: batch.input },
        truth: { label: labels[0]!, signal, distractor, mask },
      });
    },
  };
}
