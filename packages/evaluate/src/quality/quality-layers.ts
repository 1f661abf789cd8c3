import { PatternLensError, type Network, type SampleSource } from '@patternlens/core';
import {
  isFitted,
  isLinear,
  layerNamed,
  neuronLayout,
  type FittedLayer,
} from '@patternlens/core/network';
import { sizeOf } from '@patternlens/core/tensor';

/** Where v is fitted, and where the correlation is taken. */
export interface QualitySplits {
  readonly regress: SampleSource;
  readonly test: SampleSource;
}

/** Samples (and positions) of a layer in `regress` and in `test`. */
export type SampleCounts = readonly [number, number];

function layersOf(network: Network, names: readonly string[] | undefined): FittedLayer[] {
  if (!names) return network.layers.filter(isFitted);
  return names.map((name) => {
    const layer = layerNamed(network, name);
    if (isFitted(layer)) return layer;
    const known = network.layers.filter(isFitted).map(({ name }) => name);
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `quality: layer "${name}" is ${isLinear(layer) ? 'diagonal: all of its input is signal, and there is no distractor to measure' : `a ${layer.kind}, and rho belongs to linear layers`}. Layers that have it: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', ...' : ''}.`,
      { layer: name },
    );
  });
}

const positionsOf = (network: Network, layer: FittedLayer): number => {
  const shape = network.shapes.get(layer.output)!;
  return sizeOf(layer.kind === 'dense' ? shape.slice(1, -1) : shape.slice(2)) as number;
};

/** Samples (and positions) that a layer needs at least: with as few as it has inputs, any v predicts y. */
const needed = (layer: FittedLayer): number => neuronLayout(layer).inputs + 2;

/** How many samples (and positions) of a layer both splits have. */
export function sampleCounts(
  network: Network,
  layer: FittedLayer,
  { regress, test }: QualitySplits,
): SampleCounts {
  const positions = positionsOf(network, layer);
  return [regress.count * positions, test.count * positions];
}

/** The layers that are asked for, and of them those with enough samples; a note for each of the others.
 * @throws PatternLensError `invalid-argument`, `empty-data`. */
export function measurableLayers(
  network: Network,
  splits: QualitySplits,
  names: readonly string[] | undefined,
): {
  readonly layers: readonly FittedLayer[];
  readonly enough: readonly FittedLayer[];
  readonly notes: readonly string[];
} {
  const layers = layersOf(network, names);
  if (layers.length === 0)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      'quality: the network has no linear layer.',
    );
  const counts = (layer: FittedLayer): SampleCounts => sampleCounts(network, layer, splits);
  const short = layers.filter((layer) => counts(layer)[0] < needed(layer) || counts(layer)[1] < 2);
  const notes = short.map(
    (layer) =>
      `layer "${layer.name}": ${counts(layer)[0]} samples and positions to fit v on, and ${counts(layer)[1]} to test it; it needs at least ${needed(layer)} and 2. Give more samples.`,
  );
  if (short.length === layers.length || (names && short.length > 0))
    throw new PatternLensError('evaluate', 'empty-data', `quality: too little data. ${notes[0]!}`, {
      layer: short[0]!.name,
    });
  return { layers, enough: layers.filter((layer) => !short.includes(layer)), notes };
}
