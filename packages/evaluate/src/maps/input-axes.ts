import { isBatch, PatternLensError, type Network, type Shape } from '@patternlens/core';

/** How the values of one sample are laid out: value = channel * channelStep + position * positionStep. */
export interface InputAxes {
  /** The network's only input. */
  readonly input: string;
  readonly spatial: readonly number[];
  readonly channels: number;
  /** Places: the product of the spatial sizes. */
  readonly positions: number;
  readonly channelStep: number;
  readonly positionStep: number;
}

const isColour = (size: number): boolean => size === 1 || size === 3;

/** Whether the channels come last: as images have them, [height, width, 1 or 3], where the first axis could not be the channels. */
const isChannelsLast = (sizes: readonly number[]): boolean =>
  sizes.length === 3 && !isColour(sizes[0]!) && isColour(sizes[2]!);

/** The channels and places of an input of this shape, the batch first: [N, C, ...spatial], [N, H, W, C] with 1 or 3 channels, [N, H, W], [N, length]. */
export function axesOf(input: string, shape: Shape): InputAxes {
  const sizes = shape.slice(1).map((size) => {
    if (!isBatch(size)) return size;
    throw new PatternLensError(
      'evaluate',
      'invalid-shape',
      `input "${input}": only its first axis may depend on the batch. Give its other axes sizes.`,
    );
  });
  const last = isChannelsLast(sizes);
  const first = !last && sizes.length >= 3;
  const spatial = last ? sizes.slice(0, 2) : first ? sizes.slice(1) : sizes;
  const channels = last ? sizes[2]! : first ? sizes[0]! : 1;
  const positions = spatial.reduce((total, size) => total * size, 1);
  return {
    input,
    spatial,
    channels,
    positions,
    channelStep: last ? 1 : positions,
    positionStep: last ? channels : 1,
  };
}

/** The channels and places of the network's only input.
 * @throws PatternLensError `invalid-argument` where it has several. */
export function inputAxes(metric: string, network: Network): InputAxes {
  const [only, ...others] = network.inputs;
  if (others.length > 0)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `${metric}: it is measured on networks with one input, this one has ${network.inputs.length} (${network.inputs.map(({ name }) => name).join(', ')}).`,
    );
  return axesOf(only!.name, only!.shape);
}
