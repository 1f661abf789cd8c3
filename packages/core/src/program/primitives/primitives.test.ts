import { tensor, type Tensor } from '../../tensor/tensor.js';
import { evaluateOperation } from '../evaluate-operation.js';
import { inferShape } from '../infer-shape.js';
import type { Operation, OperationAttributes, OperationKind } from '../operation.js';
import { primitiveOf } from '../primitive-of.js';
import { signOf } from '../sign-of.js';
import { isNotNegative, isNotPositive, isZero, signOfNumbers } from '../sign.js';

type Computed = Exclude<OperationKind, 'input'>;

/** Shapes of operands, and attributes that fit them. */
type Sample<K extends Computed> = readonly [(readonly number[])[], OperationAttributes[K]];

const one = [[2, 3]];
const two = [
  [2, 3],
  [2, 1],
];
const pool = { kernel: [2], strides: [2], dilations: [1], padsBegin: [0], padsEnd: [1] };
const conv = { groups: 1, strides: [1], dilations: [2], padsBegin: [1], padsEnd: [0] };
const image = [2, 2, 5],
  pooled = [2, 2, 3],
  switches = [2, 2, 2, 3],
  weights = [3, 2, 2],
  filtered = [2, 3, 4];

const samples: { readonly [K in Computed]: Sample<K> } = {
  constant: [[], { value: tensor([-1, 0, 2], [3]) }],
  neg: [one, {}],
  abs: [one, {}],
  exp: [one, {}],
  log: [one, {}],
  sqrt: [one, {}],
  tanh: [one, {}],
  sigmoid: [one, {}],
  erf: [one, {}],
  sin: [one, {}],
  cos: [one, {}],
  atan: [one, {}],
  floor: [one, {}],
  relu: [one, {}],
  add: [two, {}],
  sub: [two, {}],
  mul: [two, {}],
  div: [two, {}],
  safeDiv: [two, {}],
  min: [two, {}],
  max: [two, {}],
  pow: [two, {}],
  compare: [two, { relation: 'greater' }],
  select: [[[2, 1], [2, 3], [3]], {}],
  matmul: [
    [
      [2, 2, 3],
      [3, 4],
    ],
    {},
  ],
  conv: [[image, weights], conv],
  convInputGradient: [[filtered, weights], { ...conv, inputSpatial: [5] }],
  convWeightGradient: [[image, filtered], { ...conv, kernel: [2] }],
  maxPool: [[image], pool],
  poolSwitches: [[image], pool],
  poolBySwitches: [[image, switches], pool],
  unpool: [[pooled, switches], { ...pool, inputSpatial: [5] }],
  avgPool: [[image], pool],
  avgPoolInputGradient: [[pooled], { ...pool, inputSpatial: [5] }],
  reshape: [one, { shape: [3, 2] }],
  transpose: [one, { permutation: [1, 0] }],
  broadcast: [[[2, 1]], { shape: [3, 2, 4] }],
  pad: [one, { begin: [1, 0], end: [0, 2], value: 0 }],
  slice: [one, { starts: [0, 0], sizes: [1, 2], steps: [1, 2] }],
  concat: [
    [
      [2, 3],
      [2, 1],
    ],
    { axis: 1 },
  ],
  reduceSum: [one, { axes: [1] }],
  reduceMax: [one, { axes: [0] }],
  argMax: [one, {}],
  oneHot: [[[2]], { size: 3 }],
  gather: [one, { axis: 1, indices: [2, 0, 2] }],
};

/** Numbers of every sort of sign, by their place. */
const sorts: Readonly<Record<string, (at: number) => number>> = {
  zero: () => 0,
  positive: (at) => 0.5 + (at % 3),
  negative: (at) => -0.25 - (at % 2),
  'not negative': (at) => at % 3,
  'not positive': (at) => -(at % 2),
  any: (at) => ((at * 5) % 7) - 3,
};

const filledWith = (sort: string, shape: readonly number[]): Tensor => {
  const length = shape.reduce((total, size) => total * size, 1);
  return tensor(
    Float64Array.from({ length }, (_, at) => sorts[sort]!(at)),
    shape,
  );
};

/** All choices of a sort for each operand. */
const choices = (count: number): string[][] =>
  count === 0
    ? [[]]
    : choices(count - 1).flatMap((rest) => Object.keys(sorts).map((sort) => [...rest, sort]));

describe.each(Object.entries(samples))('%s', (kind, [shapes, attributes]) => {
  const operation = { kind, ...attributes } as Operation;
  const record = primitiveOf(operation);
  const shape = inferShape(operation, shapes) as number[];

  test('has as many operands as it says', () => {
    expect(record.operands === 'any' ? shapes.length : record.operands).toBe(shapes.length);
  });

  test.each(choices(shapes.length).map((sort) => [sort.join(', '), sort] as const))(
    'what is known of its value holds: %s',
    (_name, sort) => {
      const operands = shapes.map((operandShape, index) => filledWith(sort[index]!, operandShape));
      const value = evaluateOperation(operation, operands, shape);
      expect(value.shape).toEqual(shape);
      expect(value.data.length).toBe(shape.reduce((total, size) => total * size, 1));
      // A division by zero and a root of what is negative have no sign.
      const numbers = Array.from(value.data).filter((entry) => Number.isFinite(entry));
      const sign = signOf(
        operation,
        operands.map(({ data }) => signOfNumbers(data)),
      );
      if (isNotNegative(sign)) expect(numbers.filter((entry) => entry < 0)).toEqual([]);
      if (isNotPositive(sign)) expect(numbers.filter((entry) => entry > 0)).toEqual([]);
      if (!sign.canBeZero) expect(numbers).not.toContain(0);
      const zeros = operands.map(({ data }) => isZero(signOfNumbers(data)));
      if (record.isZero(zeros, operation))
        expect(numbers.filter((entry) => entry !== 0)).toEqual([]);
    },
  );
});
