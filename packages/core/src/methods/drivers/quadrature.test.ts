import { type Quadrature, quadratureNodes, QUADRATURES } from './quadrature.js';

const integral = (rule: Quadrature, steps: number, f: (x: number) => number): number =>
  quadratureNodes(rule, steps).reduce((sum, { at, weight }) => sum + weight * f(at), 0);

describe.each(QUADRATURES)('%s', (rule) => {
  test.each([1, 2, 5, 64])(
    'with %d steps has weights that sum to 1, and nodes in order',
    (steps) => {
      const nodes = quadratureNodes(rule, steps);
      expect(nodes).toHaveLength(rule === 'trapezoid' ? steps + 1 : steps);
      expect(nodes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 14);
      const places = nodes.map(({ at }) => at);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places.every((at) => at >= 0 && at <= 1)).toBe(true);
    },
  );
});

test('nodes of the simple rules', () => {
  const places = (rule: Quadrature): number[] => quadratureNodes(rule, 4).map(({ at }) => at);
  expect(places('midpoint')).toEqual([0.125, 0.375, 0.625, 0.875]);
  expect(places('left')).toEqual([0, 0.25, 0.5, 0.75]);
  expect(places('right')).toEqual([0.25, 0.5, 0.75, 1]);
  expect(quadratureNodes('trapezoid', 2)).toEqual([
    { at: 0, weight: 0.25 },
    { at: 0.5, weight: 0.5 },
    { at: 1, weight: 0.25 },
  ]);
});

/** Nodes and weights on [-1, 1] in closed form. */
test.each([
  [1, [[0, 2]]],
  [
    2,
    [
      [-1 / Math.sqrt(3), 1],
      [1 / Math.sqrt(3), 1],
    ],
  ],
  [
    3,
    [
      [-Math.sqrt(3 / 5), 5 / 9],
      [0, 8 / 9],
      [Math.sqrt(3 / 5), 5 / 9],
    ],
  ],
  [
    4,
    [-1, 1].flatMap((side) =>
      [-1, 1].map((inner) => [
        side * Math.sqrt(3 / 7 + inner * (2 / 7) * Math.sqrt(6 / 5)),
        (18 - inner * Math.sqrt(30)) / 36,
      ]),
    ),
  ],
] as [number, number[][]][])('Gauss and Legendre, %d points', (points, known) => {
  const sorted = known.toSorted(([a], [b]) => a! - b!);
  quadratureNodes('gauss-legendre', points).forEach(({ at, weight }, k) => {
    expect(2 * at - 1).toBeCloseTo(sorted[k]![0]!, 14);
    expect(2 * weight).toBeCloseTo(sorted[k]![1]!, 14);
  });
});

test.each([2, 3, 8, 20])('%d points of Gauss and Legendre integrate degree 2n - 1 exactly', (n) => {
  const degree = 2 * n - 1;
  expect(integral('gauss-legendre', n, (x) => x ** degree)).toBeCloseTo(1 / (degree + 1), 14);
  const above = integral('gauss-legendre', n, (x) => (2 * x - 1) ** (degree + 1));
  expect(Math.abs(above - 1 / (degree + 2))).toBeGreaterThan(1e-14);
});

test('the largest root of 64 points is the published one', () => {
  const { at, weight } = quadratureNodes('gauss-legendre', 64).at(-1)!;
  expect(2 * at - 1).toBeCloseTo(0.9993050417357722, 14);
  expect(2 * weight).toBeCloseTo(0.0017832807216964, 14);
});

test.each<[Quadrature, number]>([
  ['left', 1],
  ['right', 1],
  ['midpoint', 2],
  ['trapezoid', 2],
])('%s is of order %d', (rule, order) => {
  const error = (steps: number): number => Math.abs(integral(rule, steps, Math.exp) - (Math.E - 1));
  expect(Math.log2(error(64) / error(128))).toBeCloseTo(order, 1);
});
