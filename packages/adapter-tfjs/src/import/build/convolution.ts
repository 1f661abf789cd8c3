import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';
import {
  channelsOf,
  spatialOf,
  windowOf,
  samePads,
  checkSizes,
  type WindowSpec,
} from './windows.js';

export interface ConvolutionSpec extends WindowSpec {
  /** As TensorFlow stores it: `[...kernel, inputs / groups, outputs]`. */
  readonly kernel: Parameter;
  readonly bias: Parameter | undefined;
  readonly word?: string | undefined;
}

/** `[outputs]` as it broadcasts along the channels of a value. */
function biasOf(
  place: Place,
  bias: Parameter | undefined,
  outputs: number,
  spatial: number,
): Parameter | undefined {
  if (!bias) return undefined;
  if (bias.tensor.data.length !== outputs)
    place.invalid(`its bias has ${bias.tensor.data.length} values for ${outputs} channels.`);
  return reshapeParameter(bias, [outputs, ...new Array<number>(spatial).fill(1)]);
}

function kernelOf(place: Place, { tensor }: Parameter, spatial: number): readonly number[] {
  if (tensor.shape.length !== spatial + 2)
    place.invalid(
      `its kernel of shape [${tensor.shape.join(', ')}] does not fit ${spatial} spatial axes.`,
    );
  return tensor.shape;
}

/** The permutation of `[...kernel, a, b]` to `[b, a, ...kernel]`. */
const kernelBehind = (spatial: number): number[] => [
  spatial + 1,
  spatial,
  ...Array.from({ length: spatial }, (_, axis) => axis),
];

/** A convolution over one to three spatial axes, in groups where the kernel sees fewer channels than there are. */
export function convolve(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { kernel, bias, word, ...window }: ConvolutionSpec,
): RuntimeValue {
  const spatial = spatialOf(place, x.shape, window.channelsLast);
  const channels = channelsOf(place, x.shape, window.channelsLast);
  const shape = kernelOf(place, kernel, spatial.length);
  const [perGroup, outputs] = shape.slice(-2) as [number, number];
  const groups = channels / perGroup;
  if (!Number.isInteger(groups) || outputs % groups !== 0)
    place.invalid(
      `its kernel of shape [${shape.join(', ')}] does not fit an input of ${channels} channels.`,
    );
  const attributes = windowOf(place, shape.slice(0, -2), spatial, window);
  return context.layer(
    place,
    'convolution',
    {
      inputs: [context.ordered(x, window.channelsLast)],
      attributes: { ...attributes, groups },
      parameters: {
        weights: permuteParameter(kernel, kernelBehind(spatial.length)),
        bias: biasOf(place, bias, outputs, spatial.length),
      },
      word,
    },
    window.channelsLast,
  );
}

/** A convolution of every channel for itself; its kernel is `[...kernel, channels, multiplier]`. */
export function convolveDepthwise(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { kernel, bias, word, ...window }: ConvolutionSpec,
): RuntimeValue {
  const spatial = spatialOf(place, x.shape, window.channelsLast);
  const channels = channelsOf(place, x.shape, window.channelsLast);
  const shape = kernelOf(place, kernel, spatial.length);
  const [own, multiplier] = shape.slice(-2) as [number, number];
  if (own !== channels)
    place.invalid(
      `its kernel of shape [${shape.join(', ')}] does not fit an input of ${channels} channels.`,
    );
  const sizes = shape.slice(0, -2);
  const attributes = windowOf(place, sizes, spatial, window);
  const rank = spatial.length;
  const apart = permuteParameter(kernel, [
    rank,
    rank + 1,
    ...Array.from({ length: rank }, (_, axis) => axis),
  ]);
  return context.layer(
    place,
    'convolution',
    {
      inputs: [context.ordered(x, window.channelsLast)],
      attributes: { ...attributes, groups: channels },
      parameters: {
        weights: reshapeParameter(apart, [channels * multiplier, 1, ...sizes]),
        bias: biasOf(place, bias, channels * multiplier, rank),
      },
      word,
    },
    window.channelsLast,
  );
}

export interface TransposedSpec extends ConvolutionSpec {
  /** The spatial sizes that are asked for. */
  readonly output: readonly number[];
}

/** The transpose of a convolution; its kernel is `[...kernel, outputs, inputs]`. */
export function convolveTransposed(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { kernel, bias, word, output, ...window }: TransposedSpec,
): RuntimeValue {
  const { strides, dilations, padding, channelsLast } = window;
  const spatial = spatialOf(place, x.shape, channelsLast);
  const channels = channelsOf(place, x.shape, channelsLast);
  const shape = kernelOf(place, kernel, spatial.length);
  const [outputs, inputs] = shape.slice(-2) as [number, number];
  if (inputs !== channels)
    place.invalid(
      `its kernel of shape [${shape.join(', ')}] does not fit an input of ${channels} channels.`,
    );
  checkSizes(place, 'output shape', output, spatial.length);
  // The pads are those of the convolution from the output back to the input.
  const attributes = windowOf(place, shape.slice(0, -2), output, window);
  const back = output.map((size, axis) => {
    const span = (shape[axis]! - 1) * dilations[axis]! + 1;
    const pads = padding === 'same' ? samePads(size, span, strides[axis]!) : undefined;
    const begin = pads?.begin ?? attributes.padsBegin[axis]!,
      end = pads?.end ?? attributes.padsEnd[axis]!;
    return Math.floor((size + begin + end - span) / strides[axis]!) + 1;
  });
  if (back.join() !== spatial.join())
    place.invalid(
      `an output of [${output.join(', ')}] does not come from an input of [${spatial.join(', ')}].`,
    );
  return context.layer(
    place,
    'transposed-convolution',
    {
      inputs: [context.ordered(x, channelsLast)],
      attributes: { ...attributes, groups: 1, outputSpatial: output },
      parameters: {
        weights: permuteParameter(kernel, kernelBehind(spatial.length)),
        bias: biasOf(place, bias, outputs, spatial.length),
      },
      word,
    },
    channelsLast,
  );
}
