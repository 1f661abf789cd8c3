import type { ToyMeasurement } from '@patternlens/data';
import { ofParts, overall, type JudgedClaim, type Verdict } from './claim.js';
import { judgeClaims, judgeSums, judgeToys } from './judge-claims.js';
import { bestByLargeMargin, orderOfDegradation } from './judge-degradation.js';
import {
  bestInDense,
  comparableInConvolutions,
  filterOnlyInFirstLayer,
  patternsRemoveMore,
  randomRemovesNothing,
} from './judge-rho.js';
import { ORDERS, type LayerRho, type NetworkNumbers, type Order } from './numbers.js';

type Rho = Record<'random' | 'filter' | 'linear' | 'two-component', number>;

/** Ten neurons around the given means, with the same wobble for every estimator, and one dead neuron. */
function layer(kind: LayerRho['kind'], means: Rho): LayerRho {
  const values = (mean: number): (number | null)[] => [
    ...Array.from({ length: 10 }, (_, at) => mean + 0.01 * Math.sin(at)),
    null,
  ];
  return {
    layer: `${kind} ${means.filter}`,
    kind,
    dimensions: 27,
    neurons: 11,
    dead: 1,
    samples: 1000,
    heldOutSamples: 500,
    values: {
      random: values(means.random),
      filter: values(means.filter),
      linear: values(means.linear),
      'two-component': values(means['two-component']),
    },
  };
}

const AS_CLAIMED: readonly LayerRho[] = [
  layer('convolution', { random: 0, filter: 0.4, linear: 0.9, 'two-component': 0.91 }),
  layer('convolution', { random: 0.01, filter: 0.05, linear: 0.85, 'two-component': 0.86 }),
  layer('dense', { random: 0, filter: 0.02, linear: 0.6, 'two-component': 0.8 }),
];

/** AOPC of each order around a mean; samples differ, in the same way for all orders but for a little. */
const aopc = (means: Record<Order, number>): Record<Order, number[]> =>
  Object.fromEntries(
    ORDERS.map((order, index) => [
      order,
      Array.from(
        { length: 40 },
        (_, at) => means[order] + 0.2 * Math.sin(at) + 0.005 * Math.cos(7 * at + index),
      ),
    ]),
  ) as Record<Order, number[]>;

const IN_ORDER = { random: 0, S_a: 0.1, S_w: 0.2, S_x: 0.3, 'S_a+-': 0.5 };

const network = (changed: Partial<NetworkNumbers> = {}): NetworkNumbers => ({
  id: 'made-up',
  title: 'made up',
  rho: AS_CLAIMED,
  degradation: { patch: 9, steps: 100, grid: [24, 24], aopc: aopc(IN_ORDER) },
  sums: Array.from({ length: 20 }, () => 1),
  ...changed,
});

const withRho = (...rho: LayerRho[]): NetworkNumbers => network({ rho });
const withAopc = (means: Record<Order, number>): NetworkNumbers =>
  network({ degradation: { patch: 9, steps: 100, grid: [24, 24], aopc: aopc(means) } });

test('verdicts of several subjects', () => {
  expect(overall(['supported', 'supported', 'not measured'])).toBe('supported');
  expect(overall(['supported', 'not supported'])).toBe('mixed');
  expect(overall(['mixed', 'mixed'])).toBe('mixed');
  expect(overall(['not supported'])).toBe('not supported');
  expect(overall(['not measured'])).toBe('not measured');
  expect(overall([])).toBe('not measured');
  expect([ofParts([]), ofParts([true, false]), ofParts([false]), ofParts([true])]).toEqual([
    'not measured',
    'mixed',
    'not supported',
    'supported',
  ]);
});

const flat: Rho = { random: 0.5, filter: 0.5, linear: 0.5, 'two-component': 0.5 };

describe('rho', () => {
  test.each([
    ['random', randomRemovesNothing],
    ['filter', filterOnlyInFirstLayer],
    ['patterns', patternsRemoveMore],
    ['comparable', comparableInConvolutions],
    ['dense', bestInDense],
  ])('%s: supported where it is as the paper has it', (_, judge) => {
    expect(judge(network()).verdict).toBe('supported');
  });

  test.each([
    ['random', randomRemovesNothing],
    ['patterns', patternsRemoveMore],
    ['dense', bestInDense],
  ])(
    '%s: not supported where all estimators are alike, mixed where some layers are',
    (_, judge) => {
      const [first, , last] = AS_CLAIMED;
      expect(judge(withRho(layer('convolution', flat), layer('dense', flat))).verdict).toBe(
        'not supported',
      );
      expect(judge(withRho(first!, last!, layer('dense', flat))).verdict).toBe('mixed');
    },
  );

  test('filter: not supported where the first layer has nothing and those above much', () => {
    const low = layer('convolution', {
      random: 0,
      filter: 0.02,
      linear: 0.9,
      'two-component': 0.9,
    });
    const high = layer('convolution', {
      random: 0,
      filter: 0.4,
      linear: 0.9,
      'two-component': 0.9,
    });
    expect(filterOnlyInFirstLayer(withRho(low, high, high)).verdict).toBe('not supported');
    expect(filterOnlyInFirstLayer(withRho(low, low)).verdict).toBe('mixed');
    expect(filterOnlyInFirstLayer(withRho(high, high)).verdict).toBe('mixed');
    expect(filterOnlyInFirstLayer(withRho(high)).verdict).toBe('not measured');
  });

  test('comparable: one convolution of many may differ, not two, nor one of few', () => {
    const same = AS_CLAIMED[0]!;
    const apart = layer('convolution', { random: 0, filter: 0, linear: 0.5, 'two-component': 0.8 });
    expect(comparableInConvolutions(withRho(same, same, same, apart)).verdict).toBe('supported');
    expect(comparableInConvolutions(withRho(same, same, apart, apart)).verdict).toBe('mixed');
    expect(comparableInConvolutions(withRho(same, apart)).verdict).toBe('mixed');
    expect(comparableInConvolutions(withRho(apart)).verdict).toBe('not supported');
  });

  test('what has no layers is not measured; the text has interval, D and n', () => {
    expect(bestInDense(withRho(AS_CLAIMED[0]!)).verdict).toBe('not measured');
    expect(randomRemovesNothing(withRho()).verdict).toBe('not measured');
    expect(randomRemovesNothing(network()).text).toMatch(/D 27, 11 neurons, n 500.*0\.00\d \[/);
  });
});

describe('degradation', () => {
  test('the order of the paper, part of it, none of it, nothing', () => {
    expect(orderOfDegradation(network()).verdict).toBe('supported');
    expect(orderOfDegradation(withAopc({ ...IN_ORDER, S_w: 0.3, S_x: 0.2 })).verdict).toBe('mixed');
    expect(
      orderOfDegradation(withAopc({ random: 0.5, S_a: 0.3, S_w: 0.2, S_x: 0.1, 'S_a+-': 0 }))
        .verdict,
    ).toBe('not supported');
    expect(orderOfDegradation(network({ degradation: null })).verdict).toBe('not measured');
  });

  test('differences within their noise support nothing', () => {
    const same = { random: 0, S_a: 0, S_w: 0, S_x: 0, 'S_a+-': 0 };
    expect(orderOfDegradation(withAopc(same)).verdict).toBe('not supported');
    expect(bestByLargeMargin(withAopc(same)).verdict).toBe('not supported');
  });

  test('a large margin, a small one, none', () => {
    expect(bestByLargeMargin(network()).verdict).toBe('supported');
    expect(bestByLargeMargin(withAopc({ ...IN_ORDER, 'S_a+-': 0.33 })).verdict).toBe('mixed');
    const { verdict, text } = bestByLargeMargin(withAopc({ ...IN_ORDER, S_w: 0.7 }));
    expect(verdict).toBe('not supported');
    expect(text).toContain('S_a+- less S_w, the best of the others: −0.199 [−0.2');
    expect(bestByLargeMargin(network({ degradation: null })).verdict).toBe('not measured');
  });
});

describe('sums', () => {
  test.each<[number, Verdict]>([
    [20, 'supported'],
    [12, 'mixed'],
    [2, 'not supported'],
  ])('%d of 20 that add up: %s', (right, verdict) => {
    const sums = Array.from({ length: 20 }, (_, at) => (at < right ? 1.001 : 0.5));
    expect(judgeSums(network({ sums })).verdict).toBe(verdict);
  });

  test('no samples', () => {
    expect(judgeSums(network({ sums: [] })).verdict).toBe('not measured');
  });
});

const toy = (
  quantity: string,
  measured: number,
  closedForm: number,
  standardError = 0.001,
): ToyMeasurement => ({
  model: 'distractor at 67.5°, deviation 0.3',
  quantity,
  measured,
  standardError,
  closedForm,
  z: (measured - closedForm) / standardError,
});

describe('toy models', () => {
  const pattern = toy('a, component 2', 0.001, 0);
  const weight = toy('w, component 2', -0.414, -0.414);

  test.each<[Verdict, ToyMeasurement[]]>([
    ['supported', [weight, pattern]],
    ['not supported', [toy('w, component 2', 0.0005, 0), pattern]],
    ['not supported', [weight, toy('a, component 2', 0.2, 0.2)]],
    ['mixed', [weight, pattern, toy('rho of S_w', 0.42, 0.4)]],
    ['not measured', []],
  ])('%s', (verdict, rows) => {
    expect(judgeToys(rows).verdict).toBe(verdict);
  });
});

test('all claims together: what is claimed is supported, pictures are not judged', () => {
  const claims = judgeClaims(
    [network()],
    [toy('w, component 2', 1, 1), toy('a, component 2', 0, 0)],
  );
  const verdictOf = ({ verdict }: JudgedClaim): Verdict => verdict;
  expect(claims.slice(0, -1).map(verdictOf)).toEqual(Array(9).fill('supported'));
  expect(claims.at(-1)).toMatchObject({ id: 'sharper-pictures', verdict: 'not measured' });
  const bad = judgeClaims(
    [network(), network({ rho: [layer('convolution', flat), layer('dense', flat)] })],
    [],
  );
  expect(bad.find(({ id }) => id === 'random-removes-nothing')!.verdict).toBe('mixed');
  expect(bad[0]!.verdict).toBe('not measured');
});
