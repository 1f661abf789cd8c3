import type { Shape } from '@patternlens/core';
import type { ConvAttributes, OperationOf } from '@patternlens/core/backend';
import type { PhasedAxis } from './line.js';
import type { Lowering } from './lowering.js';

/** `x` with a border, so that windows need not look where they end; `begin` may be negative. */
function framed(
  to: Lowering,
  x: number,
  begin: readonly number[],
  spatial: readonly number[],
): number {
  const { shape } = to.line(x);
  const target: Shape = [...shape.slice(0, 2), ...spatial];
  const isSame =
    begin.every((size) => size === 0) && spatial.every((size, axis) => size === shape[axis + 2]);
  return isSame ? x : to.add({ kind: 'frame', begin: [0, 0, ...begin], value: 0 }, [x], target);
}

const spatialOf = (shape: Shape): number[] => shape.slice(2) as number[];

/** How much of its input a window covers from its first position to its last. */
function covered(
  outputs: readonly number[],
  kernel: readonly number[],
  a: ConvAttributes,
): number[] {
  return outputs.map(
    (size, axis) => (size - 1) * a.strides[axis]! + (kernel[axis]! - 1) * a.dilations[axis]! + 1,
  );
}

export function lowerConv(
  to: Lowering,
  a: OperationOf<'conv'>,
  [x, w]: readonly number[],
  shape: Shape,
): number {
  const kernel = spatialOf(to.line(w!).shape);
  const frame = framed(to, x!, a.padsBegin, covered(spatialOf(shape), kernel, a));
  const { strides, dilations, groups } = a;
  return to.add({ kind: 'slide', strides, dilations, groups }, [frame, w!], shape);
}

export function lowerWeightGradient(
  to: Lowering,
  a: OperationOf<'convWeightGradient'>,
  [x, r]: readonly number[],
  shape: Shape,
): number {
  const size = covered(spatialOf(to.line(r!).shape), a.kernel, a);
  const frame = framed(to, x!, a.padsBegin, size);
  const { strides, dilations, groups } = a;
  return to.add({ kind: 'weightSums', strides, dilations, groups }, [frame, r!], shape);
}

function phasedAxis(a: ConvAttributes, axis: number, kernel: number): PhasedAxis {
  const stride = a.strides[axis]!,
    dilation = a.dilations[axis]!;
  return {
    kernel,
    stride,
    dilation,
    pad: a.padsBegin[axis]!,
    phases: stride,
    taps: stride === 1 ? kernel : Math.ceil(((kernel - 1) * dilation + 1) / stride),
  };
}

/** The first position of `r`, along an axis, that reaches the first position of the input; see `slideBack`. */
const shiftOf = ({ pad, stride }: PhasedAxis): number => Math.floor(pad / stride);

export function lowerInputGradient(
  to: Lowering,
  a: OperationOf<'convInputGradient'>,
  [r, w]: readonly number[],
  shape: Shape,
): number {
  const [outputs, , ...kernel] = to.line(w!).shape as readonly number[];
  const axes = kernel.map((size, axis) => phasedAxis(a, axis, size));
  const channels = shape[1] as number;
  const perGroup = outputs! / a.groups;
  const isPlain = axes.every(({ stride }) => stride === 1);
  const phased = to.add(
    { kind: 'phaseWeights', axes, groups: a.groups },
    [w!],
    [
      channels,
      ...(isPlain ? [] : axes.map(({ phases }) => phases)),
      perGroup,
      ...axes.map(({ taps }) => taps),
    ],
  );
  const begin = axes.map((axis) =>
    axis.stride === 1
      ? (axis.kernel - 1) * axis.dilation - axis.pad
      : axis.taps - 1 - shiftOf(axis),
  );
  const size = axes.map((axis, at) =>
    axis.stride === 1
      ? a.inputSpatial[at]! + (axis.kernel - 1) * axis.dilation
      : Math.floor((a.inputSpatial[at]! - 1 + axis.pad) / axis.stride) - shiftOf(axis) + axis.taps,
  );
  const frame = framed(to, r!, begin, size);
  if (!isPlain)
    return to.add({ kind: 'slideBack', axes, groups: a.groups }, [frame, phased], shape);
  const { dilations, groups } = a;
  const strides = dilations.map(() => 1);
  return to.add({ kind: 'slide', strides, dilations, groups }, [frame, phased], shape);
}
