import type { Plane } from '@patternlens/heatmap';

const STEPS = [5, 2, 1];

/** By how much a difference is enlarged so that its largest value is at or just below a limit: 1, 2 or 5 times a power of ten.
 * Undefined where there is no difference, or one that is no number. */
export function differenceFactor({ values }: Plane, limit: number): number | undefined {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const wanted = limit / largest;
  if (!Number.isFinite(wanted) || wanted <= 0) return undefined;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return power * STEPS.find((step) => step * power <= wanted)!;
}

/** A plane times a factor. */
export const enlarged = ({ values, ...size }: Plane, factor: number): Plane => ({
  ...size,
  values: values.map((value) => value * factor),
});

/** `2,000,000` or `2e+9` */
export const factorText = (factor: number): string =>
  factor < 1e7 && factor >= 1 ? factor.toLocaleString('en') : factor.toExponential(0);
