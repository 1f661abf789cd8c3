import { formatDim } from '@patternlens/core/tensor';
import {
  build,
  checkSizes,
  halves,
  spansOf,
  spatialOf,
  type ConvolutionParts,
  type Operation,
  type WindowSpec,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { windowSpec } from './windows.js';

interface Convolution extends ConvolutionParts {
  readonly kernel: readonly number[];
  readonly spatial: readonly number[];
}

/** What convolutions and their transposes have in common.
 * @param inputs Channels of the input, by the first two sizes of the weights and the groups. */
function convolutionOf(
  node: OnnxNode,
  inputs: (first: number, second: number, groups: number) => number,
): Convolution {
  const { shape } = node.runtime(0);
  const weights = node.parameter(1, 'weights');
  const [first, second, ...kernel] = weights.tensor.shape as [number, number, ...number[]];
  const spatial = spatialOf(node, shape, false);
  const groups = node.int('group', 1);
  const stated = node.ints('kernel_shape');
  if (stated && stated.join() !== kernel.join())
    node.invalid(
      `its kernel_shape [${stated.join(', ')}] is not that of its weights, [${kernel.join(', ')}].`,
    );
  const fits = kernel.length === spatial.length && first % groups === 0;
  if (!fits || shape[1] !== inputs(first, second, groups))
    node.invalid(
      `weights of shape [${weights.tensor.shape.join(', ')}] in ${groups} groups do not fit an input of ${formatDim(shape[1])} channels and ${spatial.length} spatial axes.`,
    );
  return { weights, bias: node.optionalParameter(2, 'bias'), groups, kernel, spatial };
}

const convolution: Operation<OnnxNode> = (node, context) => {
  const parts = convolutionOf(node, (_outputs, perGroup, groups) => perGroup * groups);
  return build.convolve(
    context,
    node,
    node.runtime(0),
    parts,
    windowSpec(node, parts.kernel.length),
  );
};

const transposedConvolution: Operation<OnnxNode> = (node, context) => {
  const parts = convolutionOf(node, (inputs) => inputs);
  const { kernel, spatial } = parts;
  const spec = windowSpec(node, kernel.length);
  const { strides, dilations } = spec;
  for (const [name, sizes] of Object.entries({ 'kernel sizes': kernel, strides, dilations }))
    checkSizes(node, name, sizes, kernel.length);
  const given = node.ints('output_padding') ?? kernel.map(() => 0);
  checkSizes(node, 'output_padding', given, kernel.length, 0);
  const spans = spansOf(kernel, dilations);
  const reach = spatial.map(
    (size, axis) => (size - 1) * strides[axis]! + spans[axis]! + given[axis]!,
  );
  const wanted = wantedSpatial(node, spatial, spec, reach);
  // What is asked for beyond the reach of the windows is added as output_padding is.
  const beyond = reach.map((size, axis) => Math.max(0, (wanted?.[axis] ?? 0) - size));
  const extra = given.map((size, axis) => size + beyond[axis]!);
  const full = reach.map((size, axis) => size + beyond[axis]!);
  const pads = transposedPads(spec, full, wanted);
  const outputSpatial = full.map((size, axis) => size - pads[axis]!.begin - pads[axis]!.end);
  if (pads.some(({ end }, axis) => end < extra[axis]! && extra[axis]! - end >= strides[axis]!))
    node.unsupported(
      `its output of [${outputSpatial.join(', ')}] is larger than its windows reach in strides of [${strides.join(', ')}].`,
    );
  const padsBegin = pads.map(({ begin }) => begin);
  // The convolution that this is the transpose of sees the output; its end pads leave out what output_padding adds.
  const padsEnd = pads.map(({ end }, axis) => Math.max(0, end - extra[axis]!));
  return build.convolveTransposed(context, node, node.runtime(0), parts, {
    window: { strides, dilations, padsBegin, padsEnd },
    outputSpatial,
    channelsLast: false,
  });
};

const isSame = ({ padding }: WindowSpec): boolean => padding === 'same' || padding === 'same-lower';

/** The spatial sizes that a transposed convolution is asked for, where its pads follow from them. */
function wantedSpatial(
  node: OnnxNode,
  spatial: readonly number[],
  spec: WindowSpec,
  reach: readonly number[],
): readonly number[] | undefined {
  const wanted = node.ints('output_shape')?.slice(-spatial.length);
  if (wanted) return checkSizes(node, 'output_shape', wanted, spatial.length, -Infinity);
  // Where strides are larger than kernels, the runtimes leave out what the windows do not reach.
  return isSame(spec)
    ? spatial.map((size, axis) => Math.min(size * spec.strides[axis]!, reach[axis]!))
    : undefined;
}

function transposedPads(
  { padding }: WindowSpec,
  full: readonly number[],
  wanted: readonly number[] | undefined,
): { begin: number; end: number }[] {
  return full.map((size, axis) => {
    if (wanted) {
      const { begin, end } = halves(size - wanted[axis]!, 'behind');
      return padding === 'same' ? { begin, end } : { begin: end, end: begin };
    }
    return typeof padding === 'object'
      ? { begin: padding.begin[axis]!, end: padding.end[axis]! }
      : { begin: 0, end: 0 };
  });
}

export const linear: Readonly<Record<string, Operation<OnnxNode>>> = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
};
