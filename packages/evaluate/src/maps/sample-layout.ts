import { type CanonicalNetwork, PatternLensError, type Shape } from '@patternlens/core';
import { type InputAxes } from '@patternlens/core/network';
import { isBatch } from '@patternlens/core/tensor';

/** Where the values of one sample stand: that of a channel at a position at `channel * channelStep + places[position]`. */
export interface SampleLayout {
  /** The network's only input. */
  readonly input: string;
  /** Sizes of the axes that positions run along. */
  readonly spatial: readonly number[];
  readonly channels: number;
  /** Places: the product of the spatial sizes. */
  readonly positions: number;
  readonly channelStep: number;
  readonly places: Uint32Array;
}

/** The channels and places of an input, the batch first. Of features without places, each is a place.
 * @throws PatternLensError `invalid-shape` where another axis depends on the batch. */
export function sampleLayout(input: string, shape: Shape, axes: InputAxes): SampleLayout {
  const sizes = shape.map((size, axis) => {
    if (axis === axes.batch) return 1;
    if (!isBatch(size)) return size;
    throw new PatternLensError(
      'evaluate',
      'invalid-shape',
      `input "${input}": only its first axis may depend on the batch. Give its other axes sizes.`,
    );
  });
  const stepOf = (axis: number): number =>
    sizes.slice(axis + 1).reduce((total, size) => total * size, 1);
  const hasPlaces = axes.spatial.length > 0;
  const channelAxis = hasPlaces ? axes.channels : undefined;
  const along = hasPlaces ? axes.spatial : axes.channels === undefined ? [] : [axes.channels];
  const spatial = along.map((axis) => sizes[axis]!);
  const positions = spatial.reduce((total, size) => total * size, 1);
  const places = Uint32Array.from({ length: positions }, (_, position) => {
    let rest = position;
    return along.reduceRight((place, axis) => {
      const size = sizes[axis]!;
      const index = rest % size;
      rest = Math.floor(rest / size);
      return place + index * stepOf(axis);
    }, 0);
  });
  return {
    input,
    spatial,
    channels: channelAxis === undefined ? 1 : sizes[channelAxis]!,
    positions,
    channelStep: channelAxis === undefined ? 0 : stepOf(channelAxis),
    places,
  };
}

/** The channels and places of the network's only input.
 * @throws PatternLensError `invalid-argument` where it has several. */
export function onlyInput(metric: string, network: CanonicalNetwork): SampleLayout {
  const [only, ...others] = network.inputs;
  if (others.length > 0)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `${metric}: it is measured on networks with one input, this one has ${network.inputs.length} (${network.inputs.map(({ name }) => name).join(', ')}).`,
    );
  return sampleLayout(only!.name, only!.shape, network.axes.get(only!.name)!);
}
