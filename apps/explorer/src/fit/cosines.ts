import type { Pattern, PatternSet } from '@patternlens/core';
import { toNeuronMajor } from '@patternlens/core/network';

/** The directions of a pattern that pictures and comparisons show: those of the positive regime where there are some. */
export const shownDirection = ({ directions }: Pattern) =>
  directions.positive ?? directions.linear ?? Object.values(directions)[0]!;

/** The cosine of two rows; undefined where one is zero. */
function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>, from: number, to: number) {
  let product = 0,
    first = 0,
    second = 0;
  for (let at = from; at < to; at++) {
    product += a[at]! * b[at]!;
    first += a[at]! ** 2;
    second += b[at]! ** 2;
  }
  return first === 0 || second === 0 ? undefined : product / Math.sqrt(first * second);
}

/** How alike the patterns of two sets are, layer by layer: the mean over neurons of the cosine of their directions. */
export function cosinesOf(
  patterns: PatternSet,
  before: PatternSet | undefined,
): { layer: string; cosine: number }[] {
  return [...patterns.layers].flatMap(([layer, pattern]) => {
    const old = before?.layers.get(layer);
    if (!old) return [];
    const now = toNeuronMajor(pattern.layout, shownDirection(pattern));
    const then = toNeuronMajor(old.layout, shownDirection(old)).data;
    const [neurons, inputs] = now.shape as [number, number];
    const cosines = Array.from({ length: neurons }, (_, neuron) =>
      cosineOf(now.data, then, neuron * inputs, (neuron + 1) * inputs),
    ).filter((cosine) => cosine !== undefined);
    return cosines.length === 0
      ? []
      : [{ layer, cosine: cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length }];
  });
}
