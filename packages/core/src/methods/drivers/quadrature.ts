/** Rules for the mean of a function over [0, 1]. */
export const QUADRATURES = ['midpoint', 'left', 'right', 'trapezoid', 'gauss-legendre'] as const;
export type Quadrature = (typeof QUADRATURES)[number];

/** Where a function is looked at, and what its value counts. */
export interface Node {
  readonly at: number;
  readonly weight: number;
}

/** The Legendre polynomial of degree n and its derivative at x inside (-1, 1), by their recurrence. */
function legendre(n: number, x: number): readonly [value: number, slope: number] {
  let before = 1,
    value = x;
  for (let k = 2; k <= n; k++)
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return [value, (n * (before - x * value)) / (1 - x * x)];
}

/** A root of the Legendre polynomial by Newton's method, from the largest down. */
function rootOf(n: number, index: number): readonly [root: number, slope: number] {
  let x = Math.cos((Math.PI * (index + 0.75)) / (n + 0.5));
  for (let round = 0; round < 100; round++) {
    const [value, slope] = legendre(n, x);
    const step = value / slope;
    x -= step;
    if (Math.abs(step) < 1e-16) break;
  }
  return [x, legendre(n, x)[1]];
}

/** Nodes of [-1, 1] moved to [0, 1], in order; weights sum to 1. Exact for polynomials of degree 2n - 1. */
function gaussLegendre(n: number): Node[] {
  if (n === 1) return [{ at: 0.5, weight: 1 }];
  return Array.from({ length: n }, (_, k) => {
    const [x, slope] = rootOf(n, k);
    return { at: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}

const even = (count: number, at: (k: number) => number): Node[] =>
  Array.from({ length: count }, (_, k) => ({ at: at(k), weight: 1 / count }));

/** The nodes of a rule over `steps` equal steps, or with `steps` points for `gauss-legendre`; weights sum to 1. */
export function quadratureNodes(rule: Quadrature, steps: number): readonly Node[] {
  switch (rule) {
    case 'midpoint':
      return even(steps, (k) => (k + 0.5) / steps);
    case 'left':
      return even(steps, (k) => k / steps);
    case 'right':
      return even(steps, (k) => (k + 1) / steps);
    case 'trapezoid':
      return Array.from({ length: steps + 1 }, (_, k) => ({
        at: k / steps,
        weight: (k === 0 || k === steps ? 0.5 : 1) / steps,
      }));
    case 'gauss-legendre':
      return gaussLegendre(steps);
  }
}
