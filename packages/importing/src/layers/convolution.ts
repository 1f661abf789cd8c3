import { type WindowAttributes } from '@patternlens/core/backend';
import { reshapeParameter, type Parameter } from '@patternlens/core/network';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import type { RuntimeValue } from '../values/values.js';
import { spatialOf, windowOf, windowOrder, type WindowSpec } from './windows.js';

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
  const input = context.ordered(x, windowOrder(x.shape.length, spec.channelsLast));
  const parameters = { weights, bias: biasOf(place, bias, outputs, kernel.length) };
  return context.layer(place, 'convolution', [input], { ...window, groups }, parameters);
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
  const [, perGroup, ...kernel] = weights.tensor.shape as [number, number, ...number[]];
  const input = context.ordered(x, windowOrder(x.shape.length, channelsLast));
  const parameters = { weights, bias: biasOf(place, bias, perGroup * groups, kernel.length) };
  const attributes = { ...window, groups, outputSpatial };
  return context.layer(place, 'transposed-convolution', [input], attributes, parameters);
}
