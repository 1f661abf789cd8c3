import { isFitted, type Layer, type LayerOf } from '../layers/layer.js';
import { reshapeParameter, type Parameter } from '../layers/parameter.js';
import { changeNetwork, type Network } from '../network/network.js';
import { commonShape, mapTensor, zipTensors } from '../tensor/broadcast.js';
import { product } from '../tensor/shape.js';
import { tensor, type Tensor } from '../tensor/tensor.js';
import { asBefore, linearBefore } from './behind-linear.js';
import { repeat, replaceLayer, type Canonizer } from './canonizer.js';
import { neuronAxis, scaleWeights, type FoldableLayer } from './scale-neurons.js';

/** Batch normalisation as `x * weights + bias`, per channel. */
function affineOf(layer: LayerOf<'batch-normalisation'>): { weights: Tensor; bias: Tensor } {
  const of = (name: string): Tensor => layer.parameters[name]!.tensor;
  const deviation = mapTensor(of('variance'), (variance) =>
    Math.sqrt(variance + layer.attributes.epsilon),
  );
  const weights = zipTensors(of('scale'), deviation, (scale, by) => scale / by);
  const moved = zipTensors(of('mean'), weights, (mean, weight) => mean * weight);
  return { weights, bias: zipTensors(of('shift'), moved, (shift, move) => shift - move) };
}

/** Batch normalisation as a diagonal linear layer of its own. */
function asScale(network: Network, layer: LayerOf<'batch-normalisation'>): Layer {
  const { weights, bias } = affineOf(layer);
  const shape = [
    product(weights.shape),
    ...network.shapes
      .get(layer.inputs[0]!)!
      .slice(2)
      .map(() => 1),
  ];
  const origin = layer.parameters['scale']!.origin;
  const parameter: Parameter = reshapeParameter(
    origin ? { tensor: weights, origin } : { tensor: weights },
    shape,
  );
  return {
    ...layer,
    kind: 'scale',
    attributes: {},
    parameters: { weights: parameter, bias: { tensor: tensor(bias.data, shape) } },
  };
}

/** One factor a neuron, where the tensor varies along the neurons' axis only. */
function perNeuron(value: Tensor, layer: FoldableLayer, rank: number): Tensor | undefined {
  const axis = neuronAxis(layer, rank) - 1 - (rank - 1 - value.shape.length);
  if (value.shape.some((size, at) => at !== axis && size !== 1)) return undefined;
  const weights = layer.parameters['weights']!.tensor.shape;
  const neurons =
    layer.kind === 'transposed-convolution' ? weights[1]! * layer.attributes.groups : weights[0]!;
  if (value.data.length !== 1 && value.data.length !== neurons) return undefined;
  return tensor(
    Float64Array.from(
      { length: neurons },
      (_, at) => value.data[value.data.length === 1 ? 0 : at]!,
    ),
    [neurons],
  );
}

const plus = (a: number, b: number): number => a + b;

function withBias(layer: Layer, added: Tensor, factors?: Tensor): Parameter {
  const bias = layer.parameters['bias'];
  if (!bias) return { tensor: added };
  const scaled = factors ? zipTensors(bias.tensor, factors, (a, b) => a * b) : bias.tensor;
  return { ...bias, tensor: zipTensors(scaled, added, plus) };
}

/** Folds `x * weights + bias` into the linear layer before it, per neuron. */
function foldInto(
  network: Network,
  layer: Layer,
  weights: Tensor,
  bias: Tensor,
): Network | undefined {
  const found = linearBefore(network, layer);
  if (!found || !isFitted(found.linear)) return undefined;
  const { linear } = found;
  const rank = network.shapes.get(linear.output)!.length;
  const outer = network.shapes.get(layer.output)!.length;
  const factors = perNeuron(asBefore(weights, outer, found), linear, rank);
  const shift = perNeuron(asBefore(bias, outer, found), linear, rank);
  if (!factors || !shift) return undefined;
  const shape = [
    ...new Array<number>(neuronAxis(linear, rank) - 1).fill(1),
    product(factors.shape),
  ];
  const along = (value: Tensor): Tensor => ({
    data: value.data,
    shape: [...shape, ...new Array<number>(rank - 1 - shape.length).fill(1)],
  });
  const parameters = {
    weights: scaleWeights(linear, factors),
    bias: withBias(linear, along(shift), along(factors)),
  };
  const folded = { ...linear, parameters: { ...linear.parameters, ...parameters } } as Layer;
  return absorb(
    network,
    folded,
    linear,
    layer,
    `${nameOf(layer)} folded into ${linear.kind} "${linear.name}"`,
  );
}

const nameOf = (layer: Layer): string => `${layer.kind.replaceAll('-', ' ')} "${layer.name}"`;

/** The linear layer replaced, and the layer behind it (perhaps behind layout) taken out. */
function absorb(
  network: Network,
  folded: Layer,
  linear: Layer,
  absorbed: Layer,
  change: string,
): Network {
  const layers = network.layers
    .filter((layer) => layer !== absorbed)
    .map((layer) => (layer === linear ? folded : layer))
    .map((layer) =>
      layer.output === absorbed.inputs[0] ? { ...layer, output: absorbed.output } : layer,
    );
  return changeNetwork(network, { layers, changes: [change] });
}

function foldBatchNormalisation(network: Network): Network | undefined {
  for (const layer of network.layers) {
    if (layer.kind !== 'batch-normalisation') continue;
    const scale = asScale(network, layer);
    const folded = foldInto(
      network,
      layer,
      scale.parameters['weights']!.tensor,
      scale.parameters['bias']!.tensor,
    );
    return (
      folded ??
      replaceLayer(network, layer, scale, `${nameOf(layer)} kept as a linear layer of its own`)
    );
  }
  return undefined;
}

/** Adds a constant to the bias of the linear layer before it, whatever axes it varies along. */
function foldAddition(network: Network): Network | undefined {
  for (const layer of network.layers) {
    if (layer.kind !== 'add-constant') continue;
    const found = linearBefore(network, layer);
    if (!found) continue;
    const outer = network.shapes.get(layer.output)!.length;
    const value = layer.parameters['value']!.tensor;
    if (value.shape.length > outer - 1) continue;
    if (found.moved.length > 0 && value.shape.filter((size) => size !== 1).length > 1) continue;
    const bias = asBefore(value, outer, found);
    const output = network.shapes.get(found.linear.output)!.slice(1) as number[];
    if (commonShape(output, bias.shape).join() !== output.join()) continue;
    const parameters = { ...found.linear.parameters, bias: withBias(found.linear, bias) };
    const folded = { ...found.linear, parameters } as Layer;
    return absorb(
      network,
      folded,
      found.linear,
      layer,
      `constant "${layer.name}" added to the bias of ${found.linear.kind} "${found.linear.name}"`,
    );
  }
  return undefined;
}

/** A multiplication and an addition per channel behind a linear layer are a batch normalisation that an exporter took apart. */
function foldScale(network: Network): Network | undefined {
  for (const layer of network.layers) {
    const bias = layer.kind === 'scale' ? layer.parameters['bias'] : undefined;
    if (!bias) continue;
    const folded = foldInto(network, layer, layer.parameters['weights']!.tensor, bias.tensor);
    if (folded) return folded;
  }
  return undefined;
}

/** Folds normalisations and added constants into the linear layer before them; a normalisation without one becomes `scale`. */
export const foldNormalisation: Canonizer = {
  name: 'fold-normalisation',
  apply: (network) =>
    repeat(foldScale)(repeat(foldAddition)(repeat(foldBatchNormalisation)(network))),
};
