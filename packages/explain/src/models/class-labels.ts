import type { ChannelTarget, Network, NeuronTarget } from '@patternlens/core';
import { valueChannels } from '@patternlens/core/network';
import { product } from '@patternlens/core/tensor';

/** Class names by number: of the flattened output, or of its channels, each of which is a class at every position. */
export interface ClassLabels {
  readonly names: readonly string[];
  readonly of: 'classes' | 'channels';
}

/** How an explained output is counted. */
interface Classes {
  /** Of the flattened output. */
  readonly count: number;
  readonly channels: number;
  /** Places of the flattened output from one channel to the next. */
  readonly stride: number;
}

/** How many classes a network's explained output has, flattened and by channel. */
export function classesOf(network: Network): Classes {
  const value = network.outputs[0]!;
  const shape = network.shapes.get(value)!;
  const axis = valueChannels(network, value);
  const sizes = shape.map((size, at) => (at === 0 ? 1 : (size as number)));
  return {
    count: product(sizes),
    channels: sizes[axis] ?? 1,
    stride: product(sizes.slice(axis + 1)),
  };
}

/** The name of what is explained: a class's, or its channel's; undefined for a neuron of a layer, and without labels. */
export function labelOf(
  network: Network,
  labels: ClassLabels | undefined,
  target: number | ChannelTarget | NeuronTarget,
): string | undefined {
  if (!labels) return undefined;
  const { count, channels, stride } = classesOf(network);
  if (typeof target !== 'number') {
    const named = !('layer' in target) && (labels.of === 'channels' || count === channels);
    return named ? labels.names[target.channel] : undefined;
  }
  return labels.of === 'classes'
    ? labels.names[target]
    : labels.names[Math.floor(target / stride) % channels];
}

/** The numbers of the labels that a text means: exactly, else whatever its case, else as one of the names that a comma parts. */
export function numbersOfLabel({ names }: ClassLabels, text: string): number[] {
  const where = (fits: (name: string) => boolean): number[] =>
    names.flatMap((name, number) => (fits(name) ? [number] : []));
  const low = text.toLowerCase();
  const ways = [
    (name: string) => name === text,
    (name: string) => name.toLowerCase() === low,
    (name: string) =>
      name
        .toLowerCase()
        .split(/\s*,\s*/)
        .includes(low),
  ];
  return ways.map(where).find((found) => found.length > 0) ?? [];
}
