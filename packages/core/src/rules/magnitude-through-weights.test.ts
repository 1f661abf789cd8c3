import type { LinearLayer } from '../layers/layer.js';
import type { ExpectedMagnitude } from '../layers/expected-magnitude.js';
import { tensor } from '../tensor/tensor.js';
import { magnitudeThroughWeights } from './magnitude-through-weights.js';

const dense: LinearLayer = {
  kind: 'dense',
  name: 'y',
  inputs: ['x'],
  output: 'y',
  attributes: {},
  parameters: {},
};

const convolution = (stride: number): LinearLayer => ({
  ...dense,
  kind: 'convolution',
  attributes: {
    strides: [stride, stride],
    dilations: [1, 1],
    padsBegin: [0, 0],
    padsEnd: [0, 0],
    groups: 1,
  },
});

const magnitudeOf = (mean: number[], square: number[]): ExpectedMagnitude => ({
  mean: Float64Array.from(mean),
  square: Float64Array.from(square),
});

/** The power of two for one weight, where what comes back is 1 everywhere. */
const of = (value: number): number =>
  magnitudeThroughWeights(
    { ...dense, parameters: { weights: { tensor: tensor([value], [1, 1]) } } },
    tensor([value], [1, 1]),
    magnitudeOf([1], [1]),
  ).exponent;

const through = (
  layer: LinearLayer,
  data: number[],
  shape: number[],
  magnitude: ExpectedMagnitude,
) => {
  const weights = tensor(data, shape);
  const given = { ...layer, parameters: { weights: { tensor: weights } } } as LinearLayer;
  const { expectedMagnitude: made, exponent } = magnitudeThroughWeights(given, weights, magnitude);
  return {
    mean: Array.from(made.mean, (value) => value * 2 ** exponent),
    square: Array.from(made.square, (value) => value * 4 ** exponent),
  };
};

test('the power of two is the size of what is expected to come back', () => {
  expect([of(1.1), of(2.2), of(0.8), of(0.3)]).toEqual([0, 1, 0, -2]);
  expect(of(0)).toBe(0);
});

test('weights whose squares leave the range of numbers are no different', () => {
  expect(of(1.1 * 2 ** 900)).toBe(900);
  expect(of(1.1 * 2 ** -900)).toBe(-900);
});

test('what neurons have in common adds up, what they do not averages out', () => {
  const weights = [1, 2, 3, 4];
  const same = through(dense, weights, [2, 2], magnitudeOf([1, 1], [1, 1]));
  expect(same).toEqual({ mean: [4, 6], square: [16, 36] });
  const apart = through(dense, weights, [2, 2], magnitudeOf([0, 0], [1, 1]));
  expect(apart).toEqual({ mean: [0, 0], square: [10, 20] });
});

test('a convolution passes every kernel offset back, and what a stride skips comes back to fewer places at once', () => {
  const ones = new Array<number>(16).fill(1);
  const magnitude = magnitudeOf([1], [1]);
  expect(through(convolution(1), ones, [1, 1, 4, 4], magnitude).mean).toEqual([16]);
  expect(through(convolution(2), ones, [1, 1, 4, 4], magnitude).mean).toEqual([4]);
});
