import type { LoweredOf, PhasedAxis } from '../lowering/line.js';
import { linear, type KernelText, type Term } from './kernel-text.js';
import type { Source } from './operand.js';
import { product, stridesOf } from './sizes.js';
import { slidingSum } from './sliding-sum.js';

const term = (value: string, factor: number): Term => ({ value, factor });

/** The group of an output or input channel. */
const groupOf = (text: KernelText, channel: string, groups: number, perGroup: number): string =>
  groups === 1 ? '0' : text.quotient(channel, perGroup);

export const slide: Source<LoweredOf<'slide'>> = (text, a, [x, w]) => {
  const [, channels, ...input] = x!.shape as [number, number, ...number[]];
  const [outputs, perGroup, ...kernel] = w!.shape as [number, number, ...number[]];
  const [sample, channel, ...at] = text.coordinates() as [string, string, ...string[]];
  const inputSize = product(input);
  const strides = stridesOf(input);
  const group = groupOf(text, channel, a.groups, outputs / a.groups);
  return slidingSum(text, {
    x: x!,
    start: [
      term(sample, channels * inputSize),
      term(group, perGroup * inputSize),
      ...at.map((place, axis) => term(place, a.strides[axis]! * strides[axis]!)),
    ],
    w: w!,
    weightStart: [term(channel, perGroup * product(kernel))],
    channels: perGroup,
    channelStride: inputSize,
    kernel,
    steps: a.dilations.map((dilation, axis) => dilation * strides[axis]!),
  });
};

/** Where an input position lies among those that the same offsets of the kernel reach. */
function phaseOf(
  text: KernelText,
  { pad, stride }: PhasedAxis,
  position: string,
): { readonly at: string; readonly phase: string } {
  if (stride === 1) return { at: linear([term(position, 1)], 0), phase: '0' };
  const padded = text.constant(linear([term(position, 1)], pad));
  const whole = text.quotient(padded, stride);
  return {
    at: linear([term(whole, 1)], -Math.floor(pad / stride)),
    phase: text.constant(`${padded} - ${whole} * ${stride}`),
  };
}

export const slideBack: Source<LoweredOf<'slideBack'>> = (text, { axes, groups }, [r, w]) => {
  const [, outputs, ...size] = r!.shape as [number, number, ...number[]];
  const [sample, channel, ...at] = text.coordinates() as [string, string, ...string[]];
  const perGroup = outputs / groups;
  const taps = axes.map((axis) => axis.taps);
  const phases = axes.map((axis) => axis.phases);
  const strides = stridesOf(size);
  const phaseStrides = stridesOf([...phases, perGroup, ...taps]);
  const parts = axes.map((axis, index) => phaseOf(text, axis, at[index]!));
  const group = groupOf(text, channel, groups, text.shape[1]! / groups);
  return slidingSum(text, {
    x: r!,
    start: [
      term(sample, outputs * product(size)),
      term(group, perGroup * product(size)),
      ...parts.map((part, axis) => term(text.constant(part.at), strides[axis]!)),
    ],
    w: w!,
    weightStart: [
      term(channel, product(phases) * perGroup * product(taps)),
      ...parts.map((part, axis) => term(part.phase, phaseStrides[axis]!)),
    ],
    channels: perGroup,
    channelStride: product(size),
    kernel: taps,
    steps: axes.map(({ stride, dilation }, axis) => (stride === 1 ? dilation : 1) * strides[axis]!),
  });
};

export const phaseWeights: Source<LoweredOf<'phaseWeights'>> = (text, { axes, groups }, [w]) => {
  const [outputs, perGroup, ...kernel] = w!.shape as [number, number, ...number[]];
  const [channel, ...rest] = text.coordinates() as [string, ...string[]];
  const isPlain = axes.every(({ stride }) => stride === 1);
  const phases = isPlain ? axes.map(() => '0') : rest.splice(0, axes.length);
  const [output, ...taps] = rest as [string, ...string[]];
  const group = groupOf(text, channel, groups, perGroup);
  const inGroup = linear([term(channel, 1), term(group, -perGroup)]);
  const strides = stridesOf(kernel);
  const result = text.variable('0');
  const conditions: string[] = [];
  const places = axes.map((axis, index): Term => {
    if (axis.stride === 1)
      return term(
        text.constant(linear([term(taps[index]!, -1)], axis.kernel - 1)),
        strides[index]!,
      );
    const reach = text.constant(
      linear(
        [term(phases[index]!, 1), term(taps[index]!, -axis.stride)],
        (axis.taps - 1) * axis.stride,
      ),
    );
    const offset = text.quotient(reach, axis.dilation);
    conditions.push(`${offset} < ${axis.kernel}`);
    if (axis.dilation > 1) conditions.push(`${offset} * ${axis.dilation} === ${reach}`);
    return term(offset, strides[index]!);
  });
  const from = linear([
    term(group, (outputs / groups) * perGroup * product(kernel)),
    term(output, perGroup * product(kernel)),
    term(text.constant(inGroup), product(kernel)),
    ...places,
  ]);
  const take = (): void => {
    text.line(`${result} = ${w!.at(from)};`);
  };
  if (conditions.length === 0) take();
  else text.when(conditions.join(' && '), take);
  return result;
};

export const weightSums: Source<LoweredOf<'weightSums'>> = (text, a, [x, r]) => {
  const [samples, channels, ...input] = x!.shape as [number, number, ...number[]];
  const [, outputs, ...size] = r!.shape as [number, number, ...number[]];
  const [output, inGroup, ...offset] = text.coordinates() as [string, string, ...string[]];
  const group = groupOf(text, output, a.groups, outputs / a.groups);
  const strides = stridesOf(input);
  const inputSize = product(input);
  return slidingSum(text, {
    x: x!,
    start: [
      term(group, (channels / a.groups) * inputSize),
      term(inGroup, inputSize),
      ...offset.map((step, axis) => term(step, a.dilations[axis]! * strides[axis]!)),
    ],
    w: r!,
    weightStart: [term(output, product(size))],
    // Samples take the place of channels, positions that of the kernel.
    channels: samples,
    channelStride: channels * inputSize,
    weightStride: outputs * product(size),
    kernel: size,
    steps: a.strides.map((stride, axis) => stride * strides[axis]!),
  });
};
