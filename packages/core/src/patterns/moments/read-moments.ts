import { neuronLayout } from '../../layers/linear-operator.js';
import { permuteTensor } from '../../tensor/permute-tensor.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { LayerMoments } from './layer-moments.js';
import type { MomentsPort } from './trace-moments.js';

/** The columns of one group, as the program returns them: `[groups, 3 neurons + 1, inputs]`. */
function grouped({ layer }: MomentsPort, products: Tensor, perGroup: number): Tensor {
  const { groups, inputs } = neuronLayout(layer);
  if (layer.kind !== 'transposed-convolution')
    return { data: products.data, shape: [groups, perGroup, inputs] };
  const channels = layer.parameters['weights']!.tensor.shape[0]! / groups;
  const split = { data: products.data, shape: [groups, channels, perGroup, inputs / channels] };
  return { data: permuteTensor(split, [0, 2, 1, 3]).data, shape: [groups, perGroup, inputs] };
}

/** The moments of one block from what a moments program returned. Neurons outside the port's range are not in the result. */
export function readMoments(
  port: MomentsPort,
  products: Tensor,
  sums: Tensor,
  shift: Float64Array,
  count: number,
): LayerMoments {
  const { groups, inputs } = neuronLayout(port.layer);
  const each = port.to - port.from;
  const neurons = groups * each;
  const { data } = grouped(port, products, 3 * each + 1);
  const part = (which: number): Float64Array => {
    const rows = new Float64Array(neurons * inputs);
    for (let group = 0; group < groups; group++) {
      const from = (group * (3 * each + 1) + which * each) * inputs;
      rows.set(data.subarray(from, from + each * inputs), group * each * inputs);
    }
    return rows;
  };
  const x = new Float64Array(groups * inputs);
  for (let group = 0; group < groups; group++) {
    const from = (group * (3 * each + 1) + 3 * each) * inputs;
    x.set(data.subarray(from, from + inputs), group * inputs);
  }
  return {
    neurons,
    inputs,
    groups,
    count,
    shift,
    y: Float64Array.from(sums.data.subarray(0, neurons)),
    positiveCount: Float64Array.from(sums.data.subarray(neurons, 2 * neurons)),
    x,
    xy: part(0),
    positiveXy: part(1),
    positiveX: part(2),
  };
}
