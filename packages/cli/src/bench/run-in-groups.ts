import { joinTensors, sliceSamples, type Network, type TensorRecord } from '@patternlens/core';
import { modelLayout } from '@patternlens/core/tensor';
import type { PlainModel } from '../backends/open-plain-model.js';

/** Samples `from` to `to`, the last of all repeated where there are fewer. */
function group(inputs: TensorRecord, from: number, to: number): TensorRecord {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const count = value.shape[0]!;
      const taken = sliceSamples(value, from, Math.min(to, count));
      const last = sliceSamples(value, count - 1, count);
      const missing = Array.from({ length: Math.max(0, to - count) }, () => last);
      return [name, missing.length === 0 ? taken : joinTensors([taken, ...missing])];
    }),
  );
}

/** Runs a model file as its runtime does, on samples that are at axis 0 of every input: one group after another where the file fixes how many it takes at once. */
export async function runInGroups(
  network: Pick<Network, 'inputs' | 'fixedBatch'>,
  plain: Pick<PlainModel, 'run'>,
  inputs: TensorRecord,
): Promise<TensorRecord[]> {
  const count = Object.values(inputs)[0]!.shape[0]!;
  const size = network.fixedBatch ?? count;
  const results: TensorRecord[] = [];
  for (let from = 0; from < count; from += size)
    results.push(await plain.run(modelLayout(network, group(inputs, from, from + size))));
  return results;
}
