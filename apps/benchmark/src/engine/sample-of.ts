import { sliceSamples, type TensorRecord } from '@patternlens/core';

export const samplesOf = (inputs: TensorRecord, from: number, to: number): TensorRecord =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, sliceSamples(value, from, to)]),
  );

/** One sample of every input, its batch axis kept. */
export const sampleOf = (inputs: TensorRecord, at: number): TensorRecord =>
  samplesOf(inputs, at, at + 1);
