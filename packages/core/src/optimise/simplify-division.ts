import type { Operation } from '../program/operation.js';
import { primitiveOf } from '../program/primitive-of.js';
import type { Value } from '../program/program-builder.js';
import { sameShape } from '../tensor/shape.js';
import { isNotNegative, isPositive } from '../program/sign.js';
import type { Lines } from './lines.js';
import { simplifyDividedUnpool } from './simplify-pooling.js';

const DEPTH = 4;

/** A value with every use of `from` in its elementwise expression replaced by `to`; undefined where there is no use. */
function replaced(
  lines: Lines,
  value: Value,
  from: Value,
  to: Value,
  depth = DEPTH,
): Value | undefined {
  if (value.id === from.id) return to;
  // What is rectified already holds the replaced value only inside itself.
  if (value.id === to.id) return undefined;
  const { operation, operands } = lines.line(value);
  if (depth === 0 || !primitiveOf(operation).isElementwise) return undefined;
  const values = operands.map((_, index) => lines.operand(value, index));
  const changed = values.map((operand) => replaced(lines, operand, from, to, depth - 1));
  if (changed.every((operand) => operand === undefined)) return undefined;
  return lines.write(operation, ...values.map((operand, index) => changed[index] ?? operand));
}

/** Division of `h t` where `h = relu(z)`: where z is not positive the numerator is 0, so the denominator may be taken of h instead of z, and
 * `h t / h` is t where h is positive. The pre-activation then need not be kept beside its rectified value. */
export function simplifyDivision(
  lines: Lines,
  operation: Operation,
  [numerator, denominator]: readonly Value[],
): Value | undefined {
  if (operation.kind !== 'div' && operation.kind !== 'safeDiv') return undefined;
  if (lines.line(numerator!).operation.kind !== 'mul') return undefined;
  const unpooled = simplifyDividedUnpool(
    lines,
    operation,
    numerator!,
    denominator!,
    (value, from, to) => replaced(lines, value, from, to),
  );
  if (unpooled) return unpooled;
  for (const index of [0, 1]) {
    const factor = lines.operand(numerator!, index);
    const other = lines.operand(numerator!, 1 - index);
    if (!sameShape(factor.shape, numerator!.shape)) continue;
    const cancels =
      operation.kind === 'safeDiv' &&
      factor.id === denominator!.id &&
      isNotNegative(lines.sign(factor));
    if (cancels)
      return lines.write(
        { kind: 'mul' },
        other,
        lines.write({ kind: 'compare', relation: 'greater' }, factor, lines.scalar(0)),
      );
    if (lines.line(factor).operation.kind !== 'relu') continue;
    const rectified = replaced(lines, denominator!, lines.operand(factor, 0), factor);
    if (!rectified) continue;
    if (operation.kind === 'safeDiv' || isPositive(lines.sign(rectified)))
      return lines.write(operation, numerator!, rectified);
  }
  return undefined;
}
