import { createExplainer, PatternLensError, type Tensor } from '@patternlens/core';
import {
  isFitted,
  neuronWeights,
  toNeuronMajor,
  type FittedLayer,
} from '@patternlens/core/network';
import type { CallContext } from '../compute/call-context.js';
import type { LayerAsked, LayerFacts, NeuronFacts } from '../compute/calls/layer-messages.js';
import { backendOf, modelOf, type Session } from '../compute/session.js';
import { shownDirection } from '../fit/cosines.js';

/** Neurons that are shown. */
const SHOWN = 8;

/** The value of each channel where it is largest, of the one sample of a layer's value. */
function strongest({ data, shape }: Tensor, channels: number): number[] {
  const each = data.length / channels;
  const isLast = shape.at(-1) === channels && shape[1] !== channels;
  return Array.from({ length: channels }, (_, channel) => {
    let largest = -Infinity;
    for (let place = 0; place < each; place++) {
      const at = isLast ? place * channels + channel : channel * each + place;
      largest = Math.max(largest, data[at]!);
    }
    return largest;
  });
}

/** How the inputs of a neuron stand: as channels with a kernel of places, or as one row near a square. */
export function inputsOf(layer: FittedLayer, inputs: number): LayerFacts['inputs'] {
  const kernel = layer.kind === 'dense' ? [] : layer.parameters['weights']!.tensor.shape.slice(2);
  if (kernel.length === 0) {
    const rows = Array.from({ length: Math.floor(Math.sqrt(inputs)) }, (_, at) => at + 1)
      .filter((count) => inputs % count === 0)
      .at(-1)!;
    return { channels: 1, rows, columns: inputs / rows };
  }
  const columns = kernel.at(-1)!;
  const rows = kernel.slice(0, -1).reduce((product, size) => product * size, 1);
  return { channels: inputs / (rows * columns), rows, columns };
}

/** The value of a layer for one sample. */
async function valueOf(
  session: Session,
  { layer, inputs }: LayerAsked,
  { signal }: CallContext,
): Promise<Tensor> {
  const explainer = await createExplainer(modelOf(session).network, {
    backend: backendOf(session),
    method: 'gradient',
  });
  try {
    const target = { layer, channel: 0 };
    return (await explainer.explain(inputs, { target, signal, samplesFirst: true })).output;
  } finally {
    await explainer.dispose();
  }
}

/** Weights and patterns of the neurons of a layer that are strongest for a sample.
 * @throws PatternLensError `invalid-argument` for a layer that has none. */
export async function describeLayer(
  session: Session,
  asked: LayerAsked,
  context: CallContext,
): Promise<LayerFacts> {
  const { network } = modelOf(session);
  const layer = network.layers.filter(isFitted).find(({ name }) => name === asked.layer);
  if (!layer)
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `layer "${asked.layer}": it has no weights that patterns belong to.`,
    );
  const { weights, inputs, neurons } = neuronWeights(layer);
  const values = strongest(await valueOf(session, asked, context), neurons);
  const pattern = session.patterns?.layers.get(layer.name);
  const directions = pattern && toNeuronMajor(pattern.layout, shownDirection(pattern)).data;
  const row = (all: ArrayLike<number>, neuron: number): Float32Array =>
    Float32Array.from({ length: inputs }, (_, at) => all[neuron * inputs + at]!);
  const describe = (channel: number): NeuronFacts => {
    const w = row(weights, channel);
    const a = directions && row(directions, channel);
    return {
      channel,
      value: values[channel]!,
      weights: w,
      pattern: a,
      product: a?.reduce((sum, value, at) => sum + value * w[at]!, 0),
      firings: pattern?.counts[channel],
    };
  };
  const chosen = values
    .map((value, channel) => ({ value, channel }))
    .sort((first, second) => second.value - first.value)
    .slice(0, SHOWN);
  return {
    layer: layer.name,
    neurons: chosen.map(({ channel }) => describe(channel)),
    of: neurons,
    inputs: inputsOf(layer, inputs),
    samples: pattern?.samples,
  };
}
