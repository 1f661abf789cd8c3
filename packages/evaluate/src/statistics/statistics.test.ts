import { uniforms } from '@patternlens/core/tensor';
import { auroc } from './auroc.js';
import { bootstrap, bootstrapWith, quantile, resamples } from './bootstrap.js';
import { entropy } from './entropy.js';
import { gini } from './gini.js';
import { massAccuracy } from './mass-accuracy.js';
import { pairedDifference } from './paired.js';
import { pointingGame } from './pointing-game.js';
import { precisionAtSpecificity } from './precision-at-specificity.js';
import { rankAccuracy } from './rank-accuracy.js';
import { averageRanks } from './ranks.js';
import { seedOf, shuffled } from './shuffled.js';
import { pearson, spearman } from './spearman.js';
import { ssim } from './ssim.js';
import { trapezoid } from './trapezoid.js';

/** Numbers with many ties among them. */
function drawn(seed: number, count: number, values = 5): number[] {
  const draw = uniforms(seed);
  return Array.from({ length: count }, () => Math.floor(draw() * values));
}

const cases = Array.from({ length: 20 }, (_, seed) => [seed] as const);

describe('bootstrap', () => {
  test('a constant has no width, and one value is its own mean', () => {
    expect(bootstrap([2, 2, 2], 1)).toEqual({ mean: 2, low: 2, high: 2, count: 3 });
    expect(bootstrap([null, 5, null], 1)).toEqual({ mean: 5, low: 5, high: 5, count: 1 });
    expect(bootstrap([null], 1)).toEqual({ mean: null, low: null, high: null, count: 0 });
  });

  test('the interval of 0 and 1 is that of coin throws', () => {
    const values = Array.from({ length: 100 }, (_, at) => at % 2);
    const { mean, low, high } = bootstrap(values, 3);
    expect(mean).toBe(0.5);
    // 1.96 standard errors of 0.05.
    expect(Math.abs(low! - 0.402)).toBeLessThan(0.02);
    expect(Math.abs(high! - 0.598)).toBeLessThan(0.02);
    expect(bootstrap(values, 3)).toEqual(bootstrap(values, 3));
    expect(bootstrap(values, 4)).not.toEqual(bootstrap(values, 3));
  });

  test('covers the true mean about as often as it says', () => {
    let covered = 0;
    for (let run = 0; run < 200; run++) {
      const draw = uniforms(1000 + run);
      const { low, high } = bootstrapWith(
        Array.from({ length: 40 }, draw),
        resamples(40, run, 400),
      );
      if (low! <= 0.5 && 0.5 <= high!) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(0.99);
  });

  test('quantiles lie between neighbours', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantile([0, 10, 20, 40], share))).toEqual([
      0, 7.5, 15, 34, 40,
    ]);
  });

  test('differences are paired: a constant shift has no width', () => {
    const first = drawn(2, 30, 100),
      draws = resamples(30, 1);
    const second = first.map((value) => value - 3);
    expect(pairedDifference(first, second, draws)).toEqual({
      mean: 3,
      low: 3,
      high: 3,
      count: 30,
      wins: 30,
      ties: 0,
      losses: 0,
    });
    const { wins, ties, losses } = pairedDifference([1, 2, 3], [0, 2, 5], resamples(3, 1));
    expect({ wins, ties, losses }).toEqual({ wins: 1, ties: 1, losses: 1 });
  });
});

describe('ranks', () => {
  test.each(cases)(
    'of drawn numbers %d are one more than the smaller, and half the equal',
    (seed) => {
      const values = drawn(seed, 23);
      const expected = values.map(
        (value) =>
          values.filter((other) => other < value).length +
          (values.filter((other) => other === value).length + 1) / 2,
      );
      expect(Array.from(averageRanks(values))).toEqual(expected);
    },
  );

  test('correlation of ranks, by hand', () => {
    expect(spearman([1, 2, 3, 4], [10, 200, 3000, 40000])).toBeCloseTo(1, 14);
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 14);
    // Without ties 1 - 6 sum d^2 / (n (n^2 - 1)): d = 1, 1, 0, 1, 1.
    expect(spearman([1, 2, 3, 4, 5], [2, 1, 3, 5, 4])).toBeCloseTo(1 - (6 * 4) / (5 * 24), 14);
    // With ties: ranks 1.5 1.5 3 and 1 2.5 2.5.
    expect(spearman([1, 1, 2], [1, 2, 2])).toBeCloseTo(0.5, 14);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(pearson([0, 1, 2], [1, 3, 5])).toBeCloseTo(1, 14);
  });

  test('what is zero in both maps does not count', () => {
    const a = [3, 1, 2, 0],
      b = [1, 3, 2, 4];
    const zeros = Array.from({ length: 50 }, () => 0);
    expect(spearman([...a, ...zeros], [...b, ...zeros])).toBe(spearman(a, b));
    expect(spearman(zeros, zeros)).toBeNull();
  });
});

describe('against a mask', () => {
  test.each(cases)('AUROC of drawn scores %d is the share of pairs in order', (seed) => {
    const scores = drawn(seed, 25),
      mask = drawn(seed + 100, 25, 2);
    let sum = 0,
      pairs = 0;
    scores.forEach((inside, a) => {
      scores.forEach((outside, b) => {
        if (mask[a] === 0 || mask[b] !== 0) return;
        pairs++;
        sum += inside > outside ? 1 : inside === outside ? 0.5 : 0;
      });
    });
    expect(auroc(scores, mask)).toBeCloseTo(sum / pairs, 12);
  });

  test.each(cases)(
    'rank accuracy of drawn scores %d is what random order of ties gives',
    (seed) => {
      const scores = drawn(seed, 12),
        mask = drawn(seed + 200, 12, 2);
      const size = mask.filter((value) => value === 1).length;
      const runs = 4000;
      let sum = 0;
      for (let run = 0; run < runs; run++) {
        const order = Array.from(shuffled(12, seedOf(seed, run)));
        order.sort((a, b) => scores[b]! - scores[a]!);
        sum += order.slice(0, size).filter((at) => mask[at] === 1).length / size;
      }
      expect(Math.abs(rankAccuracy(scores, mask)! - sum / runs)).toBeLessThan(0.02);
    },
  );

  test.each(cases)('precision at specificity of drawn scores %d, by every threshold', (seed) => {
    const scores = drawn(seed, 40, 12),
      mask = drawn(seed + 300, 40, 2);
    const outside = mask.filter((value) => value === 0).length;
    const thresholds = [...new Set(scores)].sort((a, b) => a - b);
    const chosen = thresholds
      .map((threshold) => {
        const above = scores.flatMap((score, at) => (score >= threshold ? [mask[at]!] : []));
        const hits = above.filter((value) => value === 1).length;
        return { specificity: 1 - (above.length - hits) / outside, precision: hits / above.length };
      })
      .find(({ specificity }) => specificity >= 0.9);
    expect(precisionAtSpecificity(scores, mask)).toBeCloseTo(chosen?.precision ?? 0, 12);
  });

  test('the mask itself is right in every way', () => {
    const mask = [0, 1, 1, 0, 0, 1, 0, 0];
    expect(auroc(mask, mask)).toBe(1);
    expect(rankAccuracy(mask, mask)).toBe(1);
    expect(massAccuracy(mask, mask)).toBe(1);
    expect(pointingGame(mask, mask)).toBe(1);
    expect(precisionAtSpecificity(mask, mask)).toBe(1);
  });

  test('by hand', () => {
    expect(massAccuracy([1, 2, 3, 4], [0, 1, 0, 1])).toBe(0.6);
    expect(massAccuracy([0, 0], [0, 1])).toBe(0);
    expect(rankAccuracy([4, 3, 2, 1], [1, 0, 1, 0])).toBe(0.5);
    expect(rankAccuracy([1, 1, 1, 1], [1, 0, 0, 0])).toBe(0.25);
    expect(pointingGame([1, 3, 3], [0, 0, 1])).toBe(1);
    expect(pointingGame([1, 3, 2], [1, 0, 1])).toBe(0);
    expect(pointingGame([0, 0, 0], [1, 1, 0])).toBe(0);
    expect(
      [auroc, rankAccuracy, precisionAtSpecificity].map((score) => score([1, 2], [0, 0])),
    ).toEqual([null, null, null]);
    expect(auroc([1, 2], [1, 1])).toBeNull();
  });
});

describe('shape of a map', () => {
  test('Gini index', () => {
    expect(gini([1, 1, 1, 1])).toBe(0);
    expect(gini([0, 0, 0, 5])).toBe(0.75);
    // Mean absolute difference over twice the mean: of 1, 3 it is 1 / 4.
    expect(gini([3, 1])).toBe(0.25);
    expect(gini([0, 0])).toBeNull();
    const values = drawn(5, 30, 50);
    const total = values.reduce((sum, value) => sum + value, 0);
    const differences = values.flatMap((a) => values.map((b) => Math.abs(a - b)));
    expect(gini(values)).toBeCloseTo(
      differences.reduce((sum, value) => sum + value, 0) / (2 * 30 * total),
      12,
    );
  });

  test('entropy', () => {
    expect(entropy([7, 0, 0])).toBe(0);
    expect(entropy([2, 2, 2, 2])).toBeCloseTo(Math.log(4), 14);
    expect(entropy([1, 3])).toBeCloseTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)), 14);
    expect(entropy([0, 0])).toBeNull();
  });

  test('area by trapezoids', () => {
    expect(trapezoid([1, 0])).toBe(0.5);
    expect(trapezoid([1, 1, 0])).toBe(0.75);
    expect(trapezoid([0, 1, 1], [0, 1, 4])).toBe(3.5 / 4);
    expect(trapezoid([3])).toBe(3);
  });

  test('structural similarity', () => {
    const draw = uniforms(9);
    const a = Array.from({ length: 42 }, draw),
      b = Array.from({ length: 42 }, draw);
    expect(ssim(a, a, 6, 7)).toBeCloseTo(1, 12);
    expect(ssim(a, b, 6, 7)).toBeCloseTo(ssim(b, a, 6, 7), 12);
    // Two constants: (2ab + C1) / (a^2 + b^2 + C1).
    const of = (value: number): number[] => Array.from({ length: 25 }, () => value);
    expect(ssim(of(0.2), of(0.6), 5, 5)).toBeCloseTo((0.24 + 1e-4) / (0.4 + 1e-4), 12);
    // One window that is the whole image, by the definition.
    const [x, y] = [a.slice(0, 12), b.slice(0, 12)];
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / 12;
    const covariance = (p: number[], q: number[]): number =>
      mean(p.map((value, at) => (value - mean(p)) * (q[at]! - mean(q))));
    const luminance = (2 * mean(x) * mean(y) + 1e-4) / (mean(x) ** 2 + mean(y) ** 2 + 1e-4);
    const structure = (2 * covariance(x, y) + 9e-4) / (covariance(x, x) + covariance(y, y) + 9e-4);
    expect(ssim(x, y, 3, 4)).toBeCloseTo(luminance * structure, 12);
  });
});

test('shuffles are orders, each place as likely', () => {
  expect(Array.from(shuffled(50, 3)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 50 }, (_, at) => at),
  );
  expect(shuffled(50, 3)).toEqual(shuffled(50, 3));
  const firsts = [0, 0, 0, 0];
  for (let run = 0; run < 4000; run++) firsts[shuffled(4, seedOf(1, run))[0]!]!++;
  for (const count of firsts) expect(Math.abs(count / 4000 - 0.25)).toBeLessThan(0.03);
});
