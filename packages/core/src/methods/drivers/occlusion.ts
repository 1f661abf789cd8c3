import { product, type Shape } from '../../tensor/shape.js';
import { arrayLike } from './array-like.js';
import { baselines } from './baseline.js';
import type { Driver } from '../method.js';
import type { DriverSample, DriverSetting, Family } from './driver.js';
import { probabilityScore, type Score } from './score.js';
import { boxesOf, forEachInBox, type Span, spansOf } from './windows.js';

/** The places of the window on one input. */
interface Occluded {
  readonly name: string;
  /** Of a sample: axes without the batch. */
  readonly sizes: readonly number[];
  readonly count: number;
  readonly box: (index: number) => readonly Span[];
  /** What the window is filled with. */
  readonly baseline: Float64Array;
}

/** The default patch is the longest axis divided by this. */
const PATCHES = 8;

export interface OcclusionParameters {
  /** Sizes in samples of the axis; default: a part of the longest. */
  readonly patch?: number;
  readonly stride?: number;
  readonly baseline: number | readonly number[];
  readonly score: 'logit' | 'probability';
}

/** The axes of one sample. A row of numbers is slid over as it is; otherwise the window takes all channels at once. */
function axesOf(network: DriverSetting['network'], name: string, shape: Shape) {
  const sizes = shape.slice(1) as number[];
  const channels = sizes.length > 1 ? (network.axes.get(name)!.channels ?? 0) - 1 : -1;
  const longest = Math.max(1, ...sizes.filter((_, axis) => axis !== channels));
  return { sizes, channels, longest };
}

function occludedInputs(
  { network }: DriverSetting,
  parameters: OcclusionParameters,
): readonly Occluded[] {
  const values = baselines('occlusion', network, parameters.baseline);
  return network.inputs.map(({ name, shape }) => {
    const { sizes, channels, longest } = axesOf(network, name, shape);
    const { patch, stride } = windowOf(longest, parameters);
    const spans = sizes.map((size, axis) =>
      axis === channels ? [{ from: 0, to: size }] : spansOf(size, patch, stride),
    );
    return { name, sizes, baseline: values.get(name)!, ...boxesOf(spans) };
  });
}

/** How large the window is, and how far it goes, on an input whose longest axis is this long. */
function windowOf(longest: number, given: OcclusionParameters): { patch: number; stride: number } {
  const patch = given.patch ?? Math.ceil(longest / PATCHES);
  return { patch, stride: given.stride ?? Math.ceil(patch / 2) };
}

/** Each input is slid over by itself, the others as they are. */
function familyOf(
  { inputs, result }: DriverSample,
  occluded: readonly Occluded[],
  score: Score,
): Family {
  const whole = score(result);
  const drops = new Map(
    occluded.map(({ name, sizes }) => [name, new Float64Array(product(sizes))]),
  );
  const covers = new Map(
    occluded.map(({ name, sizes }) => [name, new Float64Array(product(sizes))]),
  );
  const place = (index: number): { input: Occluded; box: readonly Span[] } => {
    let rest = index;
    for (const input of occluded) {
      if (rest < input.count) return { input, box: input.box(rest) };
      rest -= input.count;
    }
    throw new RangeError(`member ${index}`);
  };
  return {
    size: occluded.reduce((total, { count }) => total + count, 0),
    member: (index) => {
      const { input, box } = place(index);
      const given = inputs[input.name]!;
      const data = arrayLike(given);
      data.set(given.data);
      forEachInBox(input.sizes, box, (at) => {
        data[at] = input.baseline[at]!;
      });
      return { ...inputs, [input.name]: { data, shape: given.shape } };
    },
    add: (member, index) => {
      const { input, box } = place(index);
      const drop = whole - score(member);
      const sum = drops.get(input.name)!,
        count = covers.get(input.name)!;
      forEachInBox(input.sizes, box, (at) => {
        sum[at]! += drop;
        count[at]! += 1;
      });
    },
    finish: () => {
      for (const [name, sum] of drops) {
        const count = covers.get(name)!;
        // Where the stride leaves a gap between windows nothing was seen.
        for (let at = 0; at < sum.length; at++) sum[at]! /= Math.max(count[at]!, 1);
      }
      return { relevance: Object.fromEntries(drops) };
    },
  };
}

/** One number where all inputs have the same, else one an input. */
const oneOrEach = (values: readonly number[]): number | readonly number[] =>
  values.every((value) => value === values[0]) ? values[0]! : values;

/** `f(x) - f(x with a window at the baseline)`, of every place of the window, averaged over the windows that cover a value. */
export const occlusionDriver = (parameters: OcclusionParameters): Driver => ({
  settled: ({ network }) => {
    const windows = network.inputs.map(({ name, shape }) =>
      windowOf(axesOf(network, name, shape).longest, parameters),
    );
    return {
      patch: oneOrEach(windows.map(({ patch }) => patch)),
      stride: oneOrEach(windows.map(({ stride }) => stride)),
    };
  },
  prepare: (setting) => {
    const occluded = occludedInputs(setting, parameters);
    const score: Score =
      parameters.score === 'probability' ? probabilityScore(setting) : ({ explained }) => explained;
    return (sample) => familyOf(sample, occluded, score);
  },
});
