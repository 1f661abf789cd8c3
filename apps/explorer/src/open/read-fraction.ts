const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const FRACTION = new RegExp(String.raw`^\s*(${NUMBER})\s*(?:/\s*(${NUMBER}))?\s*$`, 'i');

/** A number as people type it, `0.5`, `1e-3` or `1/255`; undefined for anything else. */
export function readFraction(text: string): number | undefined {
  const found = FRACTION.exec(text);
  if (!found) return undefined;
  const [, above, below] = found;
  const value = Number(above) / (below === undefined ? 1 : Number(below));
  return Number.isFinite(value) ? value : undefined;
}

/** Numbers between commas or blanks; undefined where one of them is none. */
export function readFractions(text: string): readonly number[] | undefined {
  const parts = text
    .replaceAll(/\s*\/\s*/g, '/')
    .split(/[,;\s]+/)
    .filter(Boolean);
  const numbers = parts.map(readFraction);
  return numbers.length > 0 && numbers.every((number) => number !== undefined)
    ? numbers
    : undefined;
}

/** Divisors that preprocessing uses. */
const DIVISORS = [255, 127.5, 256, 128];

/** A number as people would type it: `1/255` where it is that. */
export const fractionText = (value: number): string => {
  const below = DIVISORS.find((divisor) => value === 1 / divisor);
  return below === undefined ? String(value) : `1/${below}`;
};
