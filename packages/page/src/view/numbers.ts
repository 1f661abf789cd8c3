/** An error for tables: `2.1e-6`, `0.32`, `0`, `not finite`. */
export function errorText(error: number): string {
  if (!Number.isFinite(error)) return 'not finite';
  if (error === 0) return '0';
  const magnitude = Math.abs(error);
  return magnitude >= 0.1 && magnitude < 1000 ? error.toPrecision(2) : exponential(error, 1);
}

/** An error in a sentence, without a decimal that says nothing: `3e-2`. */
export const briefError = (error: number): string => errorText(error).replace('.0e', 'e');

/** A relevance value or a factor, three digits: `0.0123`, `4.21e+7`, `−1.20e-9`. */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) return 'not finite';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const text =
    magnitude >= 0.001 && magnitude < 1000 ? magnitude.toPrecision(3) : exponential(magnitude, 2);
  return value < 0 ? `−${text}` : text;
}

/** A correlation near 1, with as many nines as there are: `1`, `0.99999980`, `0.31`. */
export function correlationText(value: number): string {
  if (!Number.isFinite(value)) return 'not finite';
  const gap = 1 - value;
  if (gap <= 0) return '1';
  if (gap < 1e-12) return '1 − ' + exponential(gap, 0);
  const digits = Math.min(12, Math.max(2, 1 - Math.floor(Math.log10(gap))));
  return value.toFixed(digits).replace(/^-/, '−');
}

/** Milliseconds as people say them: `0.42 ms`, `13.4 ms`, `1.24 s`. */
export function timeText(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return 'not measured';
  if (milliseconds >= 999.5) return `${threeDigits(milliseconds / 1000)} s`;
  if (milliseconds > 0 && milliseconds < 0.01) return '< 0.01 ms';
  return `${threeDigits(milliseconds)} ms`;
}

/** `1.93×` */
export const ratioText = (ratio: number): string =>
  Number.isFinite(ratio) ? `${threeDigits(ratio)}×` : 'no ratio';

/** A change as a signed share: `+12 %`, `−3 %`, `0 %`. */
export function changeText(before: number, after: number): string {
  if (!(before > 0) || !Number.isFinite(after)) return 'no share';
  const percent = Math.round((after / before - 1) * 100);
  if (percent === 0) return '0 %';
  return `${percent > 0 ? '+' : '−'}${countText(Math.abs(percent))} %`;
}

/** A whole number with thousands apart: `1,234`. */
export const countText = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** A large number, short: `812`, `12.3 k`, `1.24 M`. */
export function shortCount(count: number): string {
  const [size, unit] = SIZES.find(([at]) => count >= at * 0.9995) ?? [1, ''];
  return size === 1 ? countText(count) : `${threeDigits(count / size)} ${unit}`;
}

const SIZES: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** `1 flip`, `3 flips` */
export const counted = (count: number, one: string, plural = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : plural}`;

function threeDigits(value: number): string {
  if (value >= 99.95) return countText(value);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}

const exponential = (value: number, digits: number): string => value.toExponential(digits);
