import { linear, pairwise, type KernelText, type Term } from './kernel-text.js';
import type { Operand } from './operand.js';
import { product, stridesOf } from './sizes.js';

/** Products that one pass through a loop adds. */
const UNROLLED = 32;
/** Offsets of a kernel that are written one after the other; of larger ones the outer axes become loops. */
const MOST_OFFSETS = 64;

export interface SlidingSum {
  /** What is slid over; its border is there already. */
  readonly x: Operand;
  /** Where the window begins in the first channel. */
  readonly start: readonly Term[];
  /** Weights: channels, then offsets of the kernel in row-major order. */
  readonly w: Operand;
  readonly weightStart: readonly Term[];
  readonly channels: number;
  /** From one channel of `x` to the next. */
  readonly channelStride: number;
  /** From one channel of the weights to the next; default: without gaps. */
  readonly weightStride?: number;
  readonly kernel: readonly number[];
  /** From one offset of the kernel to the next, by axis, in `x`. */
  readonly steps: readonly number[];
}

/** The sum over channels and offsets of what lies under the window times the weights. */
export function slidingSum(text: KernelText, sum: SlidingSum): string {
  const { x, w, kernel, steps, channels } = sum;
  const total = text.variable('0');
  const inner = innerAxes(kernel);
  const outerKernel = kernel.slice(0, kernel.length - inner);
  const innerKernel = kernel.slice(kernel.length - inner);
  const offsets = positions(innerKernel, steps.slice(kernel.length - inner));
  const weightStride = sum.weightStride ?? product(kernel);
  const outerWeights = stridesOf(kernel);
  const add = (xTerms: readonly Term[], wTerms: readonly Term[], count: number): void => {
    const from = text.constant(linear(xTerms));
    const weight = text.constant(linear(wTerms));
    const terms: string[] = [];
    for (let channel = 0; channel < count; channel++) {
      offsets.forEach((offset, at) => {
        const element = linear([{ value: from, factor: 1 }], channel * sum.channelStride + offset);
        const ownWeight = linear([{ value: weight, factor: 1 }], channel * weightStride + at);
        terms.push(`${x.at(element)} * ${w.at(ownWeight)}`);
      });
    }
    text.line(`${total} = ${total} + ${pairwise(terms)};`);
  };
  const overOuter = (axis: number, xTerms: Term[], wTerms: Term[], count: number): void => {
    if (axis === outerKernel.length) {
      add(xTerms, wTerms, count);
      return;
    }
    text.repeat(outerKernel[axis]!, false, (at) => {
      overOuter(
        axis + 1,
        [...xTerms, { value: at, factor: steps[axis]! }],
        [...wTerms, { value: at, factor: outerWeights[axis]! }],
        count,
      );
    });
  };
  const together = outerKernel.length > 0 ? 1 : Math.max(1, Math.floor(UNROLLED / offsets.length));
  const begin = text.constant(linear(sum.start));
  const beginWeight = text.constant(linear(sum.weightStart));
  const from = (channel: string, by: number, first: number, count: number): void => {
    overOuter(
      0,
      [
        { value: begin, factor: 1 },
        { value: channel, factor: by * sum.channelStride },
        { value: String(first), factor: sum.channelStride },
      ],
      [
        { value: beginWeight, factor: 1 },
        { value: channel, factor: by * weightStride },
        { value: String(first), factor: weightStride },
      ],
      count,
    );
  };
  const whole = Math.floor(channels / together);
  if (whole > 0)
    text.repeat(whole, false, (at) => {
      from(at, together, 0, together);
    });
  const rest = channels - whole * together;
  if (rest > 0) from('0', 0, whole * together, rest);
  return total;
}

/** How many of the last axes are written out. */
function innerAxes(kernel: readonly number[]): number {
  let inner = 0;
  while (inner < kernel.length && product(kernel.slice(kernel.length - inner - 1)) <= MOST_OFFSETS)
    inner++;
  return inner;
}

/** The place of every offset of a window, in row-major order. */
function positions(kernel: readonly number[], steps: readonly number[]): number[] {
  return kernel.reduce<number[]>(
    (places, size, axis) =>
      places.flatMap((place) => Array.from({ length: size }, (_, at) => place + at * steps[axis]!)),
    [0],
  );
}
