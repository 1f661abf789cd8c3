import { sliceSamples, type TensorRecord } from '@patternlens/core';
import type { JoinedInputs } from '@patternlens/explain/node';

/** The same samples, read in batches of the given size however few are asked for at once. */
export function readAhead(inputs: JoinedInputs, batch: number): JoinedInputs {
  let held: { readonly from: number; readonly values: Promise<TensorRecord> } | undefined;
  const batchAt = (from: number): Promise<TensorRecord> => {
    if (held?.from !== from)
      held = { from, values: inputs.read(from, Math.min(batch, inputs.count - from)) };
    return held.values;
  };
  return {
    ...inputs,
    read: async (first, count) => {
      const from = Math.floor(first / batch) * batch;
      if (first + count > from + batch) return inputs.read(first, count);
      const values = await batchAt(from);
      return Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          sliceSamples(value, first - from, first - from + count),
        ]),
      );
    },
  };
}
