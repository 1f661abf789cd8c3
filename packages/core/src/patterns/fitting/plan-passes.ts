import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import { neuronLayout } from '../../layers/linear-operator.js';
import { allNeurons, type NeuronRange } from '../moments/trace-moments.js';

/** Bytes of moments that one neuron takes. */
function neuronBytes(inputs: number): number {
  return (3 * inputs + 3) * Float64Array.BYTES_PER_ELEMENT;
}

/** Which neurons are fitted in which pass over the data, so that no pass holds more than `memory` bytes of moments. A layer is split
 * where it has to be, except one of several groups, which is kept whole. */
export function planPasses(network: CanonicalNetwork, memory: number): NeuronRange[][] {
  const passes: NeuronRange[][] = [[]];
  let free = memory;
  const nextPass = (): void => {
    if (passes.at(-1)!.length > 0) passes.push([]);
    free = memory;
  };
  for (const { layer, to: neurons } of allNeurons(network)) {
    const { inputs, groups } = neuronLayout(layer);
    const each = neuronBytes(inputs) * groups;
    const splits = groups === 1;
    for (let from = 0; from < neurons;) {
      const left = neurons - from;
      if (left * each > free && (!splits || each > free)) nextPass();
      const count = splits ? Math.max(1, Math.min(left, Math.floor(free / each))) : left;
      passes.at(-1)!.push({ layer, from, to: from + count });
      free -= count * each;
      from += count;
    }
  }
  return passes;
}
