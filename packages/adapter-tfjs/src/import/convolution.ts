import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import {
  build,
  channelsOf,
  checkSizes,
  range,
  samePads,
  spansOf,
  spatialOf,
  windowOf,
  type ImportContext,
  type Place,
  type RuntimeValue,
  type WindowSpec,
} from '@patternlens/importing';

export interface ConvolutionSpec extends WindowSpec {
  /** As TensorFlow stores it: `[...kernel, inputs / groups, outputs]`. */
  readonly kernel: Parameter;
  readonly bias: Parameter | undefined;
}

/** The sizes of a convolution's input and of its kernel, which have to fit. */
function sizesOf(
  place: Place,
  { shape }: RuntimeValue,
  { kernel: { tensor }, channelsLast }: ConvolutionSpec,
) {
  const spatial = spatialOf(place, shape, channelsLast);
  const channels = channelsOf(place, shape, channelsLast);
  const rank = spatial.length;
  if (tensor.shape.length !== rank + 2)
    place.invalid(
      `its kernel of shape [${tensor.shape.join(', ')}] does not fit ${rank} spatial axes.`,
    );
  const [before, last] = tensor.shape.slice(-2) as [number, number];
  const fits = (condition: boolean): void => {
    if (!condition)
      place.invalid(
        `its kernel of shape [${tensor.shape.join(', ')}] does not fit an input of ${channels} channels.`,
      );
  };
  return { spatial, channels, before, last, sizes: tensor.shape.slice(0, -2), fits };
}

/** `[...kernel, a, b]` as `[b, a, ...kernel]`. */
function kernelBehind(kernel: Parameter): Parameter {
  const rank = kernel.tensor.shape.length;
  return permuteParameter(kernel, [rank - 1, rank - 2, ...range(rank - 2)]);
}

/** A convolution over one to three spatial axes, in groups where the kernel sees fewer channels than there are. */
export function convolve(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  spec: ConvolutionSpec,
): RuntimeValue {
  const { channels, before: perGroup, last: outputs, fits } = sizesOf(place, x, spec);
  const groups = channels / perGroup;
  fits(Number.isInteger(groups) && outputs % groups === 0);
  const weights = kernelBehind(spec.kernel);
  return build.convolve(context, place, x, { weights, bias: spec.bias, groups }, spec);
}

/** A convolution of every channel for itself; its kernel is `[...kernel, channels, multiplier]`. */
export function convolveDepthwise(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  spec: ConvolutionSpec,
): RuntimeValue {
  const { channels, before, last: multiplier, sizes, fits } = sizesOf(place, x, spec);
  fits(before === channels);
  const rank = sizes.length;
  const apart = permuteParameter(spec.kernel, [rank, rank + 1, ...range(rank)]);
  const weights = reshapeParameter(apart, [channels * multiplier, 1, ...sizes]);
  return build.convolve(context, place, x, { weights, bias: spec.bias, groups: channels }, spec);
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
  spec: TransposedSpec,
): RuntimeValue {
  const { strides, dilations, padding, output, channelsLast } = spec;
  const { channels, last: inputs, sizes, spatial, fits } = sizesOf(place, x, spec);
  fits(inputs === channels);
  checkSizes(place, 'output shape', output, spatial.length);
  // The pads are those of the convolution from the output back to the input.
  const window = windowOf(place, sizes, output, spec);
  const spans = spansOf(sizes, dilations);
  const back = output.map((size, axis) => {
    const [span, stride] = [spans[axis]!, strides[axis]!];
    const given = window.padsBegin[axis]! + window.padsEnd[axis]!;
    const pads = padding === 'same' ? samePads(size, span, stride) : given;
    return Math.floor((size + pads - span) / stride) + 1;
  });
  if (back.join() !== spatial.join())
    place.invalid(
      `an output of [${output.join(', ')}] does not come from an input of [${spatial.join(', ')}].`,
    );
  const parts = { weights: kernelBehind(spec.kernel), bias: spec.bias, groups: 1 };
  const moved = { window, outputSpatial: output, channelsLast };
  return build.convolveTransposed(context, place, x, parts, moved);
}
