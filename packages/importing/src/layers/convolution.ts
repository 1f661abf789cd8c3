import { type WindowAttributes } from '@patternlens/core/backend';
import { reshapeParameter, type Parameter } from '@patternlens/core/network';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { sampleSizes } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import {
  forImages,
  spatialOf,
  windowed,
  windowForImages,
  windowOf,
  type Windowed,
  type WindowSpec,
} from './windows.js';

/** Weights as the network has them, `[outputs, inputs / groups, ...kernel]`, or for a transposed convolution `[inputs, outputs / groups, ...kernel]`. */
export interface ConvolutionParts {
  readonly weights: Parameter;
  readonly bias: Parameter | undefined;
  readonly groups: number;
}

/** One number for each output, as it broadcasts along the channels of a value. */
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

/** Weights whose kernel sees one image of a sample at a time. */
function weightsForImages(input: Windowed, weights: Parameter): Parameter {
  const [first, second, ...kernel] = weights.tensor.shape as [number, number, ...number[]];
  return input.several
    ? reshapeParameter(weights, [first, second, ...forImages(input, kernel, 1)])
    : weights;
}

/** A convolution over any number of spatial axes. */
export function convolve(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { weights, bias, groups }: ConvolutionParts,
  spec: WindowSpec,
): RuntimeValue {
  const [outputs, , ...kernel] = weights.tensor.shape as [number, number, ...number[]];
  const window = windowOf(place, kernel, spatialOf(place, x.shape, spec.channelsLast), spec);
  const input = windowed(context, place, x, spec.channelsLast);
  const parameters = {
    weights: weightsForImages(input, weights),
    bias: biasOf(place, bias, outputs, input.value.order.length - 2),
  };
  const attributes = { ...windowForImages(input, window), groups };
  return context.layer(place, 'convolution', [input.value], attributes, parameters, 'as-first');
}

/** The transpose of a convolution, whose window moves over what it makes. */
export function convolveTransposed(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { weights, bias, groups }: ConvolutionParts,
  {
    window,
    outputSpatial,
    channelsLast,
  }: {
    readonly window: WindowAttributes;
    readonly outputSpatial: readonly number[];
    readonly channelsLast: boolean;
  },
): RuntimeValue {
  const perGroup = weights.tensor.shape[1]!;
  const input = windowed(context, place, x, channelsLast);
  const { value } = input;
  const outputs = perGroup * groups;
  const parameters = {
    weights: weightsForImages(input, weights),
    bias: biasOf(place, bias, outputs, value.order.length - 2),
  };
  const attributes = {
    ...windowForImages(input, window),
    groups,
    outputSpatial: forImages(input, outputSpatial, sampleSizes(x.shape)[0]!),
  };
  return context.layer(
    place,
    'transposed-convolution',
    [value],
    attributes,
    parameters,
    'as-first',
  );
}
