import { tensor } from '@patternlens/core';
import { BATCH } from '@patternlens/core/tensor';
import { nodeOf } from '../testing/small-importer.js';
import { constantValue, knownSizes, type KnownValue } from '../values/values.js';
import { known } from './known.js';

const node = (...inputs: KnownValue[]) => nodeOf('Op', 'o', inputs);
const integers = (...values: number[]) => knownSizes(values, false);
const floats = (values: number[], shape = [values.length]) =>
  constantValue({ tensor: tensor(values, shape) });
const batch = knownSizes([BATCH, 6], false);
const numbers = (value: KnownValue | undefined) =>
  value?.kind === 'constant' ? [value.type, Array.from(value.tensor.data)] : value?.dims;

describe('arithmetic', () => {
  test('of whole numbers cuts as it is asked to, of floats it does not', () => {
    const halves = node(integers(-7, 7), integers(2, 2));
    expect(numbers(known.divide(halves))).toEqual(['integer', [-3, 3]]);
    expect(numbers(known.divideDown(halves))).toEqual(['integer', [-4, 3]]);
    expect(numbers(known.divide(node(floats([-7]), integers(2))))).toEqual(['float', [-3.5]]);
    expect(numbers(known.modulo(halves))).toEqual(['integer', [1, 1]]);
    expect(numbers(known.remainder(halves))).toEqual(['integer', [-1, 1]]);
  });

  test('of sizes goes as far as it can be said without the batch', () => {
    expect(numbers(known.multiply(node(batch, integers(2, 2))))).toEqual([{ batch: 2 }, 12]);
    expect(numbers(known.subtract(node(batch, batch)))).toEqual(['integer', [0, 0]]);
    expect(known.add(node(batch, integers(1, 1)))).toBeUndefined();
    expect(() => known.add(node(batch, integers(1, 2, 3)))).toThrow('2 and 3 sizes');
  });

  test('compares sizes: the batch equals itself, and no number', () => {
    expect(numbers(known.equal(node(batch, batch)))).toEqual(['boolean', [1, 1]]);
    expect(numbers(known.notEqual(node(batch, integers(6, 6))))).toEqual(['boolean', [1, 0]]);
    expect(known.less(node(batch, integers(6, 6)))).toBeUndefined();
  });
});

describe('layout', () => {
  const matrix = floats([1, 2, 3, 4, 5, 6], [2, 3]);

  test('entries, parts and joints of constants', () => {
    expect(known.gather(node(), matrix, integers(-1, 0), 1)).toMatchObject({
      tensor: tensor([3, 1, 6, 4], [2, 2]),
    });
    expect(known.slice(node(), matrix, [[1], [0, 2]])).toMatchObject({
      tensor: tensor([4, 6], [1, 2]),
    });
    const joint = known.concat(node(), [matrix, floats([7, 8], [2, 1])], 1);
    expect(joint).toMatchObject({ tensor: tensor([1, 2, 3, 7, 4, 5, 6, 8], [2, 4]) });
    expect(() => known.concat(node(), [matrix, floats([7], [1, 1])], 1)).toThrow('do not join');
  });

  test('of sizes stays a list, or becomes one number', () => {
    expect(known.gather(node(), batch, knownSizes([0], true), 0)).toEqual(
      knownSizes([BATCH], true),
    );
    expect(numbers(known.concat(node(), [batch, integers(3)], 0))).toEqual([BATCH, 6, 3]);
  });

  test('nothing is made that a file of a few bytes only claims', () => {
    expect(() => known.tile(node(), matrix, [1e6, 1e6])).toThrow('a constant of');
    expect(() => known.fill(node(), [1e5, 1e5], 1, 'float')).toThrow('a constant of');
    expect(() => known.range(node(integers(0), integers(1e9), integers(1)))).toThrow(
      'a constant of',
    );
  });
});

test('reductions of lists', () => {
  expect(numbers(known.reduce(node(integers(2, 3, 4)), 'product', false))).toEqual([
    'integer',
    [24],
  ]);
  expect(numbers(known.reduce(node(batch), 'product', true))).toEqual([{ batch: 6 }]);
  expect(known.reduce(node(batch), 'sum', true)).toBeUndefined();
});
