import { isBatch } from '../tensor/shape.js';
import { channelAxis } from './channel-axis.js';
import type { Network } from './network.js';

/** Which axis of an input is what. */
export interface InputAxes {
  /** The axis of the samples. */
  readonly batch: number;
  /** The axis of channels, or of features; undefined for an input without one: `[N]`, `[N, height, width]`. */
  readonly channels: number | undefined;
  /** The axes of places, in order: of time, of rows and columns, of slices, rows and columns. */
  readonly spatial: readonly number[];
  /** A word for each axis: `batch`, `channels`, `features`, `time`, `slices`, `rows`, `columns`, or `axis 4` where there are more. */
  readonly names: readonly string[];
}

/** Words for axes of places, by how many there are. */
const PLACES: readonly (readonly string[])[] = [
  [],
  ['time'],
  ['rows', 'columns'],
  ['slices', 'rows', 'columns'],
];

function axesOf(network: Network, name: string): InputAxes {
  const { shape } = network.inputs.find((input) => input.name === name)!;
  const batch = Math.max(0, shape.findIndex(isBatch));
  const channels = channelAxis(network, name);
  const axes = shape.map((_, axis) => axis);
  const spatial = axes.filter((axis) => axis !== batch && axis !== channels);
  const places = PLACES[spatial.length];
  const names = axes.map((axis) => {
    if (axis === batch) return 'batch';
    if (axis === channels) return spatial.length === 0 ? 'features' : 'channels';
    return places?.[spatial.indexOf(axis)] ?? `axis ${axis + 1}`;
  });
  return { batch, channels, spatial, names };
}

/** The axes of every input of a network, by its name: channels are where the first layers that know of channels have them, else where an image has them. */
export function inputAxes(network: Network): ReadonlyMap<string, InputAxes> {
  return new Map(network.inputs.map(({ name }) => [name, axesOf(network, name)]));
}

/** Where channels stand among the axes of a sample. */
export type ChannelLayout = 'channels-first' | 'channels-last' | 'no-channels';

/** Where an input has its channels: behind its places, before them, or nowhere. Features without places stand first. */
export function channelLayout({ channels, spatial }: InputAxes): ChannelLayout {
  if (channels === undefined) return 'no-channels';
  return spatial.length > 0 && channels > spatial.at(-1)! ? 'channels-last' : 'channels-first';
}
