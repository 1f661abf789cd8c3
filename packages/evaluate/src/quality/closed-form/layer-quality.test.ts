import { plainProduct } from '@patternlens/core/backend';
import { normals } from '@patternlens/core/tensor';
import { layerQuality } from './layer-quality.js';
import type { SecondMoments } from '../moments/second-moments.js';
import { Matrix, pseudoInverse } from 'ml-matrix';

const D = 7;
const NEURONS = 4;

interface Split {
  /** `[D][n]`. */
  readonly x: number[][];
  readonly n: number;
}

/** Skewed, correlated inputs. Some may be constant. */
function split(n: number, seed: number, constant: readonly number[] = []): Split {
  const draw = normals(seed);
  const mix = normals(99);
  const mixing = Array.from({ length: D }, () => Array.from({ length: D }, mix));
  const samples = Array.from({ length: n }, () => {
    const hidden = Array.from({ length: D }, () => Math.max(0, draw()) + 0.3 * draw());
    return mixing.map((row, at) =>
      constant.includes(at) ? 0.5 : row.reduce((sum, m, k) => sum + m * hidden[k]!, 0),
    );
  });
  return { n, x: Array.from({ length: D }, (_, at) => samples.map((sample) => sample[at]!)) };
}

const weightsOf = (): number[][] => {
  const draw = normals(5);
  return Array.from({ length: NEURONS }, () => Array.from({ length: D }, draw));
};
const W = weightsOf();
const BIAS = [0.4, -0.8, 30, 0.1];

const preactivations = ({ x, n }: Split, w: readonly number[]): number[] =>
  Array.from({ length: n }, (_, s) => w.reduce((sum, weight, at) => sum + weight * x[at]![s]!, 0));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const cov = (a: readonly number[], b: readonly number[]): number => {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((value, at) => (value - ma) * (b[at]! - mb)));
};

function momentsOf(samples: Split): SecondMoments {
  const { x, n } = samples;
  const ys = W.map((w) => preactivations(samples, w));
  const fires = ys.map((y, m) => y.map((value) => value + BIAS[m]! > 0));
  const plus = ys.map((y, m) => y.map((value, s) => (fires[m]![s]! ? value : 0)));
  return {
    count: n,
    covariance: [Float64Array.from(x.flatMap((a) => x.map((b) => cov(a, b))))],
    positiveCovariance: Float64Array.from(plus.flatMap((p) => x.map((a) => cov(a, p)))),
    positiveVariance: Float64Array.from(plus.map((p) => cov(p, p))),
    positiveCount: Float64Array.from(fires.map((fired) => fired.filter(Boolean).length)),
  };
}

/** The distractor of every sample, from its definition. */
function distractor(
  samples: Split,
  m: number,
  a: readonly number[],
  b: readonly number[],
): number[][] {
  const y = preactivations(samples, W[m]!);
  return samples.x.map((row, at) =>
    row.map((value, s) => value - (y[s]! + BIAS[m]! > 0 ? a[at]! : b[at]!) * y[s]!),
  );
}

/** By the pseudo-inverse of the covariance of explicit distractors. */
function bruteForce(
  regression: Split,
  test: Split,
  m: number,
  a: readonly number[],
  b: readonly number[],
): { fit: number; heldOut: number } {
  const d = distractor(regression, m, a, b);
  const y = preactivations(regression, W[m]!);
  const centred = Matrix.columnVector(y.map((value) => value - mean(y)));
  const rows = new Matrix(d.map((row) => row.map((value) => value - mean(row)))).transpose();
  const v = pseudoInverse(rows, 1e-7).mmul(centred).to1DArray();
  const along = (parts: number[][], n: number): number[] =>
    Array.from({ length: n }, (_, s) => v.reduce((sum, k, at) => sum + k * parts[at]![s]!, 0));
  const correlation = (p: number[], q: number[]): number =>
    cov(p, q) / Math.sqrt(cov(p, p) * cov(q, q));
  return {
    fit: 1 - correlation(along(d, regression.n), y),
    heldOut: 1 - correlation(along(distractor(test, m, a, b), test.n), preactivations(test, W[m]!)),
  };
}

const random = (seed: number): number[][] => {
  const draw = normals(seed);
  return W.map((w) => {
    const u = Array.from({ length: D }, draw);
    const along = w.reduce((sum, weight, at) => sum + weight * u[at]!, 0);
    return u.map((value) => value / along);
  });
};
const none = W.map((w) => w.map(() => 0));

async function compare(
  regression: Split,
  test: Split,
  a: readonly number[][],
  b: readonly number[][] | undefined,
  neurons: readonly number[],
): Promise<void> {
  const { fit, heldOut } = (
    await layerQuality(
      {
        name: 'layer',
        neurons: NEURONS,
        inputs: D,
        groups: 1,
        weights: Float64Array.from(W.flat()),
        dead: new Uint8Array(NEURONS),
      },
      momentsOf(regression),
      momentsOf(test),
      new Map([
        [
          'directions',
          {
            positive: Float64Array.from(a.flat()),
            ...(b ? { negative: Float64Array.from(b.flat()) } : {}),
          },
        ],
      ]),
      plainProduct,
    )
  ).get('directions')!;
  for (const m of neurons) {
    const expected = bruteForce(regression, test, m, a[m]!, b ? b[m]! : a[m]!);
    expect([m, fit[m]! - expected.fit]).toEqual([m, expect.closeTo(0, 8)]);
    expect([m, heldOut[m]! - expected.heldOut]).toEqual([m, expect.closeTo(0, 8)]);
  }
}

const linearPattern = (samples: Split): number[][] =>
  W.map((w) => {
    const y = preactivations(samples, w);
    return samples.x.map((row) => cov(row, y) / cov(y, y));
  });

const all = [0, 1, 2, 3];

test('one direction, as by least squares on explicit distractors', async () => {
  const [regression, held] = [split(300, 2), split(200, 3)];
  await compare(regression, held, linearPattern(split(250, 1)), undefined, all);
  await compare(regression, held, random(8), undefined, all);
});

test('a direction for each regime', async () => {
  await compare(split(300, 2), split(200, 3), random(8), random(9), all);
  const near = linearPattern(split(60, 1));
  await compare(split(300, 2), split(200, 3), near, linearPattern(split(250, 4)), all);
});

test('no direction in the negative regime', async () => {
  await compare(split(300, 2), split(200, 3), random(8), none, all);
});

test('an input that is constant in the regression and not in the test', async () => {
  const [regression, held] = [split(300, 2, [3]), split(200, 3)];
  const without = random(8).map((row, m) => {
    const u = row.map((value, at) => (at === 3 ? 0 : value));
    const along = W[m]!.reduce((sum, weight, at) => sum + weight * u[at]!, 0);
    return u.map((value) => value / along);
  });
  // The direction has no part there, in one regime it has, in both it has.
  await compare(regression, held, without, undefined, all);
  await compare(regression, held, random(8), undefined, all);
  await compare(
    regression,
    held,
    without,
    without.map((row) => row.map((v) => v)),
    all,
  );
  await compare(regression, held, random(8), without, [0, 1, 3]);
  await compare(regression, held, random(8), random(9), [0, 1, 3]);
  await compare(split(300, 2, [3, 4]), held, random(8), random(9), [0, 1, 3]);
});

test("the filter's rho is 1 - sqrt(1 - |w|^4 / (w'Sw w'S^-1w)), which only an eigenvector makes 1", async () => {
  const samples = split(500, 12);
  const moments = momentsOf(samples);
  const s = new Matrix(
    Array.from({ length: D }, (_, i) =>
      Array.from(moments.covariance[0]!.subarray(i * D, i * D + D)),
    ),
  );
  const filter = W.map((w) => w.map((value) => value / w.reduce((sum, k) => sum + k * k, 0)));
  const layer = {
    name: 'layer',
    neurons: NEURONS,
    inputs: D,
    groups: 1,
    weights: Float64Array.from(W.flat()),
    dead: new Uint8Array(NEURONS),
  };
  const quality = await layerQuality(
    layer,
    moments,
    moments,
    new Map([['filter', { positive: Float64Array.from(filter.flat()) }]]),
    plainProduct,
  );
  for (const m of all) {
    const w = Matrix.columnVector(W[m]!);
    const form = (matrix: Matrix): number => w.transpose().mmul(matrix).mmul(w).get(0, 0);
    const square = W[m]!.reduce((sum, k) => sum + k * k, 0);
    const expected = 1 - Math.sqrt(1 - square ** 2 / (form(s) * form(pseudoInverse(s))));
    expect(quality.get('filter')!.fit[m]!).toBeCloseTo(expected, 10);
    expect(quality.get('filter')!.heldOut[m]!).toBeCloseTo(expected, 10);
  }
});
