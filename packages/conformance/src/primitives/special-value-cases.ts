import type { BinaryKind, UnaryKind } from '@patternlens/core/backend';
import { primitive, type Given, type PrimitiveCase } from './primitive-case.js';

const row = (fill: readonly number[]): Given => ({ shape: [{ batch: fill.length }], fill });

const signs = [-2, -1, -0.5, 0, 0.5, 1, 3];

const unary: readonly (readonly [UnaryKind, string, readonly number[]])[] = [
  ...(['neg', 'abs', 'relu'] as const).map(
    (kind) => [kind, 'negative values, zero and positive values', signs] as const,
  ),
  ['relu', 'nothing but negative values', [-1, -2, -1e-20]],
  ['relu', 'values next to zero', [-1e-20, 0, 1e-20, -1e-7, 1e-7]],
  ['abs', 'values far apart', [-3e30, 2e-30]],
  ['sqrt', 'zero and small values', [0, 1e-20, 1e-6, 4e-6]],
  ['sqrt', 'large values', [1e30, 4e30]],
  ['exp', 'large arguments', [60, 59, 1]],
  ['exp', 'arguments far below zero', [-1000, -200, -1, 0]],
  ['log', 'small and large arguments', [1e-30, 1e-6, 0.5, 1, 1e6, 1e30]],
  ['sigmoid', 'large arguments of either sign', [-1000, -100, -20, -1, 0, 1, 20, 100, 1000]],
  ['sigmoid', 'nothing but large negative arguments', [-1000, -400]],
  ['tanh', 'large arguments of either sign', [-1000, -100, -10, -1, 0, 1, 10, 100, 1000]],
  ['erf', 'large arguments of either sign', [-1000, -30, -5, -1, 0, 1, 5, 30, 1000]],
];

const binary: readonly [BinaryKind, string, readonly number[], readonly number[]][] = [
  ['safeDiv', 'by exact zeros', [1, -1, 0, 5, 0, 2e30], [0, 0, 0, 2, 3, 0]],
  ['safeDiv', 'by nothing but zeros', [1, -2, 0], [0, 0, 0]],
  ['safeDiv', 'by what is nearly zero', [1e-20, -3e-20, 1e-12], [1e-20, 1.5e-20, -1e-12]],
  ['div', 'of small values by small values', [1e-20, 2e-15, -1e-20], [1e-20, -1e-15, 4e-20]],
  ['mul', 'of large values by small values', [1e30, -2e25, 3e20], [1e-30, 1e-25, 2e-20]],
  ['add', 'of a small value to a larger one', [1, 1, 2048], [1e-6, -1e-4, 0.25]],
  ['sub', 'of equal values and of near ones', [1, 5, 1.0001], [1, 5, 1]],
  ['min', 'of equal values and of either sign', [1, -2, 0, -1], [1, -1, -0.5, 1]],
  ['max', 'of equal values and of either sign', [1, -2, 0, -1], [1, -1, -0.5, 1]],
  ['max', 'of negative values', [-1, -3], [-2, -2]],
  ['pow', 'of either sign by small whole numbers', [-2, -2, -1, 0, 3, 0.5], [2, 3, 1, 2, 2, 3]],
  ['pow', 'to the power of zero', [2, -3, 0.5], [0, 0, 0]],
];

/** Values that fast versions of functions get wrong: far ends, zeros, signs, ties. */
export function specialValueCases(): PrimitiveCase[] {
  const near = [1, 1.000001, 0.999999, 2, -1];
  return [
    ...unary.flatMap(([kind, what, fill]) =>
      primitive(`${kind} of ${what}`, [row(fill)], (ops, [x]) => ops.apply({ kind }, x!)),
    ),
    ...binary.flatMap(([kind, what, left, right]) =>
      primitive(`${kind} ${what}`, [row(left), row(right)], (ops, [a, b]) =>
        ops.apply({ kind }, a!, b!),
      ),
    ),
    ...[2, 3, 4].flatMap((exponent) =>
      primitive(`pow ${exponent} of either sign`, [row(signs)], (ops, [x]) =>
        ops.pow(x!, ops.scalar(exponent)),
      ),
    ),
    ...(['greater', 'greaterOrEqual', 'less', 'lessOrEqual', 'equal'] as const).flatMap(
      (relation) => [
        ...primitive(`compare ${relation} of equal values`, [row(signs)], (ops, [x]) =>
          ops.compare(x!, relation, ops.abs(x!)),
        ),
        ...primitive(`compare ${relation} of zeros with zero`, [row(signs)], (ops, [x]) =>
          ops.compare(x!, relation, ops.scalar(0)),
        ),
        ...primitive(`compare ${relation} of near values`, [row(near)], (ops, [x]) =>
          ops.compare(x!, relation, ops.scalar(1)),
        ),
      ],
    ),
    // What is not chosen must not matter, not even by being multiplied with zero.
    ...primitive('select beside what is not finite', [row([4, 0, 1, 0, 9])], (ops, [x]) =>
      ops.select(ops.isPositive(x!), ops.log(x!), x!),
    ),
    ...primitive('select of what overflowed and what did not', [row([1, 1e30, 3])], (ops, [x]) =>
      ops.select(
        ops.compare(x!, 'less', ops.scalar(10)),
        ops.mul(ops.mul(x!, ops.scalar(1e20)), ops.scalar(1e10)),
        x!,
      ),
    ),
  ];
}
