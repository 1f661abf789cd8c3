import type { MethodAgreement } from '@patternlens/benchmark';
import { emptyRow, type ComparedRow } from './comparison.js';
import { rowNumbers } from './tell-comparison.js';

const distances = (relativeL2: number) => ({ relativeL2, maximum: 0, cosine: 1, spearman: 1 });
const agreement = (
  equal: number,
  flips: MethodAgreement['flips'] = [],
  sameClass = true,
): MethodAgreement => ({
  ...{
    samples: 1,
    equalGates: distances(equal),
    freeGates: distances(2 * equal),
    sameClass,
    flips,
  },
  worst: undefined,
});
const rowOf = (...agreements: MethodAgreement[]): ComparedRow => ({
  ...emptyRow('tfjs:wasm'),
  cells: new Map(agreements.map((each, at) => [`method${at}`, { agreement: each }])),
});
const flip = (layer: string, flips: number, margin: number) => ({ layer, flips, of: 100, margin });

test('a row has the worst of its methods', () => {
  const numbers = rowNumbers(rowOf(agreement(1e-7), agreement(3e-7, [], false)));
  expect(numbers).toMatchObject({ equalGates: 3e-7, freeGates: 6e-7, sameClass: false });
  expect(rowNumbers(rowOf(agreement(1e-7), agreement(NaN))).equalGates).toBeNaN();
});

test('methods share a forward pass: decisions are not added up over them', () => {
  const { flips, flipCount, clear } = rowNumbers(
    rowOf(
      agreement(0, [flip('relu1', 2, 1e-8), flip('pool', 1, 0.2)]),
      agreement(0, [flip('relu1', 2, 1e-8), flip('relu2', 3, 1e-9)]),
    ),
  );
  expect(flips).toEqual([
    { layer: 'relu1', flips: 2, margin: 1e-8 },
    { layer: 'pool', flips: 1, margin: 0.2 },
    { layer: 'relu2', flips: 3, margin: 1e-9 },
  ]);
  expect([flipCount, clear]).toEqual([6, ['pool']]);
});

test('a row without results has no numbers', () => {
  expect(rowNumbers(emptyRow('tfjs:wasm'))).toMatchObject({
    equalGates: null,
    freeGates: null,
    flipCount: 0,
  });
});
