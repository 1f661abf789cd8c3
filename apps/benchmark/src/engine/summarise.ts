import { uniforms } from '@patternlens/core/tensor';
import type { MethodTimes, Timing } from '../report/benchmark-report.js';

/** The value that a share of the sorted values lies below, interpolated. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const value = sorted[below]!;
  return value + (place - below) * ((sorted[below + 1] ?? value) - value);
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

const median = (values: readonly number[]): number => quantile(ascending(values), 0.5);

export function summarise(times: readonly number[]): Timing & { readonly min: number } {
  const sorted = ascending(times);
  return {
    min: sorted[0]!,
    p10: quantile(sorted, 0.1),
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    runs: sorted.length,
  };
}

const DRAWS = 1000;

/** Median over median, with the interval that 95 % of bootstrap samples lie in: the same for the same times. */
export function ratioOf(above: readonly number[], below: readonly number[]): MethodTimes['ratio'] {
  const draw = uniforms(1);
  const again = (values: readonly number[]): number[] =>
    values.map(() => values[Math.floor(draw() * values.length)]!);
  const ratios = ascending(
    Array.from({ length: DRAWS }, () => median(again(above)) / median(again(below))),
  );
  return {
    value: median(above) / median(below),
    low: quantile(ratios, 0.025),
    high: quantile(ratios, 0.975),
  };
}
