import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { toyClosedForms } from './toy-closed-forms.js';
import { TOY_MODELS, turnedDistractor } from './toy-models.js';
import { toyNeuron } from './toy-neuron.js';
import { toySamples } from './toy-samples.js';
import type { PlaneVector, ToyModel } from './toy-model.js';

const plain: ToyModel = { signal: [1, 0], distractor: [1, 1], deviation: 0.3 };
const dot = (a: PlaneVector, b: PlaneVector): number => a[0] * b[0] + a[1] * b[1];
const turned = (x: number, y: number): PlaneVector => [x, y];

describe('samples', () => {
  test('are the same, bit for bit, everywhere and for good', () => {
    const { input } = toySamples({ ...plain, noise: 0.2, mean: 0.5 }, { seed: 3, count: 100 });
    expect(bytesToHex(sha256(new Uint8Array(input.data.buffer)))).toBe(
      '89eb6cc2ec8069e8c0b5fc3f4c1bb4157aae97a96a4cb3fdd6b286d4249d9237',
    );
  });

  test('are the exact sum of their components, of which each has its own random numbers', () => {
    const model = { ...plain, noise: 0.2 };
    const all = toySamples(model, { count: 500 });
    for (let at = 0; at < 1000; at++) {
      const [s, d, n] = [all.signal.data[at]!, all.distractor.data[at]!, all.noise.data[at]!];
      expect(all.input.data[at]).toBe(s + d + n);
    }
    const quiet = toySamples({ ...model, noise: 0 }, { count: 500 });
    expect(quiet.signal).toEqual(all.signal);
    expect(quiet.distractor).toEqual(all.distractor);
    expect(quiet.noise.data.every((value) => Object.is(value, 0))).toBe(true);
  });

  test('have the variances that were asked for', () => {
    const { target, distractor, noise } = toySamples({ ...plain, mean: 1, noise: 0.5 });
    const moments = (values: readonly number[]): [number, number] => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
    };
    const [targetMean, targetVariance] = moments(Array.from(target));
    expect(targetMean).toBeCloseTo(0, 1);
    expect(Math.abs(targetVariance - 1 / 3)).toBeLessThan(0.012);
    const [mean, variance] = moments(Array.from(distractor.data).filter((_, at) => at % 2 === 0));
    expect(mean).toBeCloseTo(1, 1);
    expect(variance).toBeCloseTo(0.09, 2);
    expect(moments(Array.from(noise.data))[1]).toBeCloseTo(0.25, 2);
  });

  test.each([
    [{ ...plain, deviation: -1 }, {}, 'deviation between 0 and 4'],
    [{ ...plain, mean: NaN }, {}, 'a mean between'],
    [{ ...plain, signal: turned(0, 0) }, {}, 'direction of the signal'],
    [{ ...plain, distractor: turned(5, 0) }, {}, 'direction of the distractor'],
    [{ ...plain, distractor: turned(2, 0) }, {}, 'fill the plane'],
    [{ ...plain, deviation: 0 }, {}, 'fill the plane'],
    [plain, { seed: -1 }, 'a seed of'],
    [plain, { count: 0 }, 'number of samples'],
  ])('%j with %j are refused', (model, options, part) => {
    expect(() => toySamples(model, options)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: expect.stringContaining(part) as string,
      }) as Error,
    );
  });
});

describe('closed forms', () => {
  test.each([
    [0.1, 0.0551],
    [0.3, 0.3066],
    [1, 0.7226],
  ])('the weights leave their distractor at deviation %d: rho %d', (deviation, rho) => {
    const known = toyClosedForms({ ...plain, deviation });
    const [w1, w2] = known.weights;
    expect(w1).toBeCloseTo(1, 12);
    expect(w2).toBeCloseTo(-1, 12);
    for (const at of [0, 1] as const) expect(known.pattern[at]).toBeCloseTo(at === 0 ? 1 : 0, 12);
    const length = dot(known.weights, known.weights);
    const direction: PlaneVector = [w1 / length, w2 / length];
    const spread = Math.sqrt(1 / 3);
    expect(1 - Math.abs(known.correlationLeft(direction))).toBeCloseTo(
      1 - (0.5 * spread) / Math.sqrt(0.25 / 3 + deviation ** 2),
      12,
    );
    expect(1 - Math.abs(known.correlationLeft(direction))).toBeCloseTo(rho, 4);
    expect(known.correlationLeft(known.pattern)).toBeCloseTo(0, 12);
  });

  test('weights turn with the distractor, patterns do not', () => {
    for (const eighths of [1, 2, 3, 4, 5, 6, 7]) {
      const model = turnedDistractor(eighths);
      const { weights, pattern } = toyClosedForms(model);
      const angle = (eighths * Math.PI) / 8;
      expect(weights[0]).toBeCloseTo(1, 10);
      expect(weights[1]).toBeCloseTo(-1 / Math.tan(angle), 10);
      expect(dot(weights, model.distractor)).toBeCloseTo(0, 10);
      expect(pattern[0]).toBeCloseTo(1, 10);
      expect(pattern[1]).toBeCloseTo(0, 10);
    }
  });

  test.each([
    [0.1, 0.9709],
    [0.5, 0.5714],
  ])('isotropic noise of deviation %d shrinks weights by %d', (noise, k) => {
    const known = toyClosedForms({ ...plain, deviation: 0, noise });
    expect(known.weights[0]).toBeCloseTo(k, 4);
    expect(known.weights[1]).toBeCloseTo(0, 12);
    expect(known.pattern[0]).toBeCloseTo(1 / known.weights[0], 12);
    expect(known.positive).toEqual(known.pattern);
    expect(known.correlationLeft([1 / known.weights[0], 0])).toBeCloseTo(0, 12);
  });

  test("the pattern is along the signal, and w'a = 1, whatever else there is", () => {
    const { weights, pattern, positive } = toyClosedForms({
      signal: [0.5, 1.5],
      distractor: [1, -0.3],
      mean: 2,
      deviation: 0.7,
      noise: 0.4,
    });
    expect(dot(weights, pattern)).toBeCloseTo(1, 12);
    expect(pattern[1] / pattern[0]).toBeCloseTo(3, 12);
    expect(positive).toBeNull();
  });

  test('a shift of the distractor moves the patterns of equation 8, and only them', () => {
    const known = toyClosedForms({ ...plain, mean: 0.5 });
    expect(known.pattern).toEqual(toyClosedForms(plain).pattern);
    expect(known.positive).toEqual([1.75, 0.75]);
    expect(known.negative).toEqual([0.25, -0.75]);
  });
});

/** Brute force: the correlation of y with the best combination of what an estimator leaves, by regression with a small ridge. */
function regressed(x: readonly PlaneVector[], w: PlaneVector, u: PlaneVector): number {
  const y = x.map((sample) => dot(sample, w));
  const rest = x.map((sample, at) => turned(sample[0] - u[0] * y[at]!, sample[1] - u[1] * y[at]!));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = (a: readonly number[], b: readonly number[]): number =>
    mean(a.map((value, at) => value * b[at]!)) - mean(a) * mean(b);
  const [first, second] = [rest.map(([value]) => value), rest.map(([, value]) => value)];
  const ridge = 1e-9;
  const [p, q, r] = [
    covariance(first, first) + ridge,
    covariance(first, second),
    covariance(second, second) + ridge,
  ];
  const [s, t] = [covariance(first, y), covariance(second, y)];
  const v: PlaneVector = [(r * s - q * t) / (p * r - q * q), (p * t - q * s) / (p * r - q * q)];
  const combined = rest.map((sample) => dot(sample, v));
  return covariance(combined, y) / Math.sqrt(covariance(combined, combined) * covariance(y, y));
}

describe('a neuron trained on samples', () => {
  test.each(TOY_MODELS)('$name: what is left is what a regression finds', ({ model }) => {
    const samples = toySamples(model, { count: 1000 });
    const { weights, pattern, left } = toyNeuron(samples);
    const x = Array.from(samples.target, (_, at) =>
      turned(samples.input.data[2 * at]!, samples.input.data[2 * at + 1]!),
    );
    const length = dot(weights, weights);
    const filter = turned(weights[0] / length, weights[1] / length);
    expect(Math.abs(left.filter)).toBeCloseTo(regressed(x, weights, filter), 5);
    expect(Math.abs(left.linear)).toBeLessThan(1e-12);
    expect(Math.abs(left.twoComponent)).toBeLessThan(1e-12);
    expect(dot(weights, pattern)).toBeCloseTo(1, 12);
  });

  test('undoes a distractor exactly, shifted or not', () => {
    const { weights, bias } = toyNeuron(toySamples({ ...plain, mean: 0.5 }, { count: 300 }));
    expect(weights[0]).toBeCloseTo(1, 10);
    expect(weights[1]).toBeCloseTo(-1, 10);
    expect(bias).toBeCloseTo(0, 10);
  });
});
