import { inferShape } from '../program/infer-shape.js';
import type { Operation } from '../program/operation.js';
import { primitiveOf } from '../program/primitive-of.js';
import type { Value } from '../program/program-builder.js';
import { sameShape, type Shape } from '../tensor/shape.js';
import { isNotNegative, isNotPositive } from '../program/sign.js';
import { simplifyDivision } from './simplify-division.js';
import { simplifyLayout } from './simplify-layout.js';
import { simplifyMaskedUnpool } from './simplify-pooling.js';
import { simplifyPower } from './simplify-power.js';
import type { Lines } from './lines.js';

/** A simpler value that equals an operation's; undefined where the operation has to be written. */
export function simplify(
  lines: Lines,
  operation: Operation,
  operands: readonly Value[],
): Value | undefined {
  if (operands.length === 0 || operation.kind === 'broadcast')
    return simplifyLayout(lines, operation, operands);
  const shape = inferShape(
    operation,
    operands.map((operand) => operand.shape),
  );
  const zero = primitiveOf(operation).isZero(
    operands.map((operand) => lines.isZero(operand)),
    operation,
  );
  if (zero) return lines.filled(0, shape);
  return (
    simplifyBySign(lines, operation, operands, shape) ??
    simplifyArithmetic(lines, operation, operands, shape) ??
    simplifyPower(lines, operation, operands) ??
    simplifyDivision(lines, operation, operands) ??
    simplifyLayout(lines, operation, operands)
  );
}

const same = (value: Value, shape: Shape): Value | undefined =>
  sameShape(value.shape, shape) ? value : undefined;

function simplifyBySign(
  lines: Lines,
  operation: Operation,
  [a, b]: readonly Value[],
  shape: Shape,
): Value | undefined {
  const sign = lines.sign(a!);
  const againstZero = b !== undefined && lines.isZero(b);
  switch (operation.kind) {
    case 'abs':
      return isNotNegative(sign) ? a : undefined;
    case 'relu':
      if (isNotNegative(sign)) return a;
      return isNotPositive(sign) ? lines.filled(0, shape) : undefined;
    case 'max':
      return againstZero && sameShape(a!.shape, shape)
        ? lines.write({ kind: 'relu' }, a!)
        : undefined;
    case 'min':
      if (!againstZero) return undefined;
      if (isNotNegative(sign)) return lines.filled(0, shape);
      return isNotPositive(sign) ? same(a!, shape) : undefined;
    case 'compare': {
      if (!againstZero) return undefined;
      if (operation.relation === 'greaterOrEqual' && isNotNegative(sign))
        return lines.filled(1, shape);
      if (operation.relation === 'greater' && isNotPositive(sign)) return lines.filled(0, shape);
      // What is open is asked of the rectified value where there is one, so that the value before it need not be kept.
      const rectified =
        operation.relation === 'greater' ? lines.find({ kind: 'relu' }, a!) : undefined;
      return rectified && rectified.id !== a!.id && lines.line(rectified).operation.kind === 'relu'
        ? lines.write(operation, rectified, b)
        : undefined;
    }
    default:
      return undefined;
  }
}

function simplifyArithmetic(
  lines: Lines,
  operation: Operation,
  operands: readonly Value[],
  shape: Shape,
): Value | undefined {
  const [a, b, c] = operands;
  switch (operation.kind) {
    case 'add':
      if (lines.isZero(b!)) return same(a!, shape);
      if (lines.isZero(a!)) return same(b!, shape);
      return commonFactor(lines, a!, b!);
    case 'sub':
      return lines.isZero(b!) ? same(a!, shape) : undefined;
    case 'mul':
      if (lines.fill(b!) === 1) return same(a!, shape);
      if (lines.fill(a!) === 1) return same(b!, shape);
      return (
        constantFactors(lines, a!, b!) ??
        simplifyMaskedUnpool(lines, a!, b!) ??
        simplifyMaskedUnpool(lines, b!, a!)
      );
    case 'div':
      return lines.fill(b!) === 1 ? same(a!, shape) : undefined;
    case 'neg':
      return lines.line(a!).operation.kind === 'neg' ? lines.operand(a!, 0) : undefined;
    case 'select': {
      const mask = lines.fill(a!);
      return mask === undefined ? undefined : same(mask === 0 ? c! : b!, shape);
    }
    default:
      return undefined;
  }
}

/** `h a + h b` is `h (a + b)`. */
function commonFactor(lines: Lines, left: Value, right: Value): Value | undefined {
  if (lines.line(left).operation.kind !== 'mul' || lines.line(right).operation.kind !== 'mul')
    return undefined;
  for (const i of [0, 1]) {
    for (const j of [0, 1]) {
      const factor = lines.operand(left, i);
      if (factor.id !== lines.operand(right, j).id || lines.constant(factor)) continue;
      const a = lines.operand(left, 1 - i),
        b = lines.operand(right, 1 - j);
      if (!sameShape(a.shape, b.shape)) continue;
      return lines.write({ kind: 'mul' }, factor, lines.write({ kind: 'add' }, a, b));
    }
  }
  return undefined;
}

/** `(x c) d` for single numbers c and d is `x (c d)`. */
function constantFactors(lines: Lines, a: Value, b: Value): Value | undefined {
  const outer = lines.fill(b);
  if (outer === undefined || lines.line(a).operation.kind !== 'mul') return undefined;
  const inner = lines.constant(lines.operand(a, 1));
  if (inner?.shape.length !== 0) return undefined;
  const product = inner.data[0]! * outer;
  // A product of two scales must stay a number that float32 holds, or the two steps were taken apart on purpose.
  if (Math.abs(product) > 2 ** 120 || Math.abs(product) < 2 ** -120) return undefined;
  return lines.write({ kind: 'mul' }, lines.operand(a, 0), lines.scalar(product));
}
