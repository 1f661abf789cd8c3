import type { LinearLayer } from '../layers/layer.js';
import { tensor } from '../tensor/tensor.js';
import { gainExponent } from './pattern-scale.js';

const dense: LinearLayer = {
  kind: 'dense',
  name: 'y',
  inputs: ['x'],
  output: 'y',
  attributes: {},
  parameters: {},
};

/** Two neurons of this weight and its opposite on one input. */
const of = (value: number): number => gainExponent(dense, tensor([value, -value], [2, 1]));

test('the gain of weights is their size as a power of two', () => {
  // Two neurons of size s give s times the root of 2: half a power more.
  expect([of(1.1), of(2.2), of(0.8), of(0.3)]).toEqual([1, 2, 0, -1]);
  expect(of(0)).toBe(0);
});

test('the gain of weights whose squares leave the range of numbers is their size too', () => {
  expect(of(1.1 * 2 ** 900)).toBe(901);
  expect(of(1.1 * 2 ** -900)).toBe(-899);
});

test('what a stride skips comes back to fewer places at once', () => {
  const window = { dilations: [1, 1], padsBegin: [0, 0], padsEnd: [0, 0], groups: 1 };
  const convolution = (stride: number): LinearLayer => ({
    ...dense,
    kind: 'convolution',
    attributes: { ...window, strides: [stride, stride] },
  });
  // 16 weights of 1 on 1 input channel: 4 at each place for stride 2 in each axis, 16 for stride 1.
  const weights = tensor(new Float64Array(16).fill(1), [1, 1, 4, 4]);
  expect(gainExponent(convolution(1), weights)).toBe(2);
  expect(gainExponent(convolution(2), weights)).toBe(1);
});
