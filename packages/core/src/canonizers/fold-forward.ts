import type { Layer, LayerOf } from '../layers/layer.js';
import { changeNetwork, readersOf, type Network } from '../network/network.js';
import { zipTensors } from '../tensor/broadcast.js';
import { product } from '../tensor/shape.js';
import { tensor, type Tensor } from '../tensor/tensor.js';
import { repeat, type Canonizer } from './canonizer.js';

type Target = LayerOf<'dense'> | LayerOf<'convolution'>;

/** The linear layer that alone reads a scale, where folding into it is exact: not where shifted values meet padding. */
function target(network: Network, scale: LayerOf<'scale'>): Target | undefined {
  const readers = readersOf(network, scale.output);
  const [reader] = readers;
  if (readers.length !== 1 || network.outputs.includes(scale.output)) return undefined;
  if (reader?.kind === 'dense')
    return network.shapes.get(scale.output)!.length === 2 ? reader : undefined;
  if (reader?.kind !== 'convolution') return undefined;
  const padded = [...reader.attributes.padsBegin, ...reader.attributes.padsEnd].some(
    (size) => size > 0,
  );
  const shifted = scale.parameters['bias']?.tensor.data.some((value) => value !== 0) ?? false;
  return padded && shifted ? undefined : reader;
}

/** `[groups, outputs/groups, inputs/groups, positions]`: one view for dense and convolution. */
function grouped(layer: Target): Tensor {
  const { data, shape } = layer.parameters['weights']!.tensor;
  const groups = layer.kind === 'convolution' ? layer.attributes.groups : 1;
  return { data, shape: [groups, shape[0]! / groups, shape[1]!, product(shape.slice(2))] };
}

function foldOne(network: Network): Network | undefined {
  for (const scale of network.layers) {
    if (scale.kind !== 'scale') continue;
    const layer = target(network, scale);
    const factors = scale.parameters['weights']!.tensor;
    const channels = network.shapes.get(scale.output)?.[1];
    if (!layer || factors.data.length !== channels || factors.shape[0] !== channels) continue;
    const weights = grouped(layer);
    const [groups, outputs, inputs] = weights.shape as [number, number, number, number];
    const perInput = (values: Tensor): Tensor => ({
      data: values.data,
      shape: [groups, 1, inputs, 1],
    });
    const scaled = zipTensors(weights, perInput(factors), (a, b) => a * b);
    const parameters = {
      ...layer.parameters,
      weights: {
        ...layer.parameters['weights']!,
        tensor: tensor(scaled.data, layer.parameters['weights']!.tensor.shape),
      },
    };
    const shift = scale.parameters['bias']?.tensor;
    const merged = {
      ...layer,
      inputs: scale.inputs,
      parameters: shift
        ? {
            ...parameters,
            bias: shiftedBias(
              layer,
              zipTensors(weights, perInput(shift), (a, b) => a * b),
              groups * outputs,
            ),
          }
        : parameters,
    } as Layer;
    return changeNetwork(network, {
      layers: network.layers
        .filter((entry) => entry !== scale)
        .map((entry) => (entry === layer ? merged : entry)),
      changes: [`normalisation "${scale.name}" folded forward into ${layer.kind} "${layer.name}"`],
    });
  }
  return undefined;
}

/** The bias and what the shift adds to every neuron: the sum over its weights. */
function shiftedBias(layer: Target, products: Tensor, neurons: number): { tensor: Tensor } {
  const each = products.data.length / neurons;
  const sums = Float64Array.from({ length: neurons }, (_, neuron) =>
    Float64Array.from(products.data.subarray(neuron * each, (neuron + 1) * each)).reduce(
      (total, value) => total + value,
      0,
    ),
  );
  const shape =
    layer.kind === 'dense' ? [neurons] : [neurons, ...layer.attributes.strides.map(() => 1)];
  const bias = layer.parameters['bias'];
  return {
    tensor: bias
      ? zipTensors(bias.tensor, { data: sums, shape }, (a, b) => a + b)
      : tensor(sums, shape),
  };
}

/** Folds normalisations that stand alone into the linear layer behind them, where that is exact. It changes a+, a- and every LRP
 * rule, not the gradient, so it is an option and off by default. */
export const foldForward: Canonizer = { name: 'fold-forward', apply: repeat(foldOne) };
