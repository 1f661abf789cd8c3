import { inversePermutation } from '../tensor/permute-tensor.js';
import type { Operation } from '../program/operation.js';
import type { Value } from '../program/program-builder.js';
import { sameDim, sameShape } from '../tensor/shape.js';
import type { Lines } from './lines.js';
import { simplifyFromOneChannel } from './simplify-one-hot.js';
import { simplifyMaxPool, simplifyUnpool } from './simplify-pooling.js';
import { simplifySlice } from './simplify-slices.js';

/** Layout that undoes layout, or moves nothing. */
export function simplifyLayout(
  lines: Lines,
  operation: Operation,
  operands: readonly Value[],
): Value | undefined {
  const [x] = operands;
  switch (operation.kind) {
    case 'reshape':
      if (sameShape(x!.shape, operation.shape)) return x;
      if (lines.line(x!).operation.kind === 'reshape')
        return lines.write(operation, lines.operand(x!, 0));
      return throughProduct(lines, operation, x!);
    case 'broadcast':
      return sameShape(x!.shape, operation.shape) ? x : undefined;
    case 'transpose': {
      if (operation.permutation.every((from, to) => from === to)) return x;
      const inner = lines.line(x!).operation;
      if (inner.kind !== 'transpose') return throughProduct(lines, operation, x!);
      const permutation = operation.permutation.map((axis) => inner.permutation[axis]!);
      return lines.write({ kind: 'transpose', permutation }, lines.operand(x!, 0));
    }
    case 'slice':
      if (sameShape(x!.shape, operation.sizes)) return x;
      return (
        partOfConcat(lines, operation, x!) ??
        throughProduct(lines, operation, x!) ??
        simplifySlice(lines, operation, x!)
      );
    case 'pad':
      return [...operation.begin, ...operation.end].every((size) => size === 0) ? x : undefined;
    case 'concat':
      return operands.length === 1 ? x : undefined;
    case 'maxPool':
      return simplifyMaxPool(lines, operation, x!);
    case 'unpool':
      return simplifyUnpool(lines, operation, x!, operands[1]!);
    case 'convInputGradient':
      return simplifyFromOneChannel(lines, operation, x!, operands[1]!);
    default:
      return undefined;
  }
}

type Layout = Extract<Operation, { kind: 'reshape' | 'transpose' | 'slice' }>;

/** The operand of a concatenation that a slice takes out whole. */
function partOfConcat(
  lines: Lines,
  slice: Extract<Operation, { kind: 'slice' }>,
  x: Value,
): Value | undefined {
  const { operation, operands } = lines.line(x);
  if (operation.kind !== 'concat') return undefined;
  let start = 0;
  for (const index of operands.keys()) {
    const part = lines.operand(x, index);
    const fits =
      slice.starts[operation.axis] === start &&
      slice.steps.every((step) => step === 1) &&
      slice.sizes.every((size, axis) => sameDim(size, part.shape[axis]));
    if (fits && slice.starts.every((from, axis) => from === 0 || axis === operation.axis))
      return part;
    start += part.shape[operation.axis] as number;
  }
  return undefined;
}

/** Whether a layout operation only undoes what made a value. */
function undoes(lines: Lines, layout: Layout, value: Value): boolean {
  const { operation, operands } = lines.line(value);
  switch (layout.kind) {
    case 'reshape':
      return operation.kind === 'reshape' && sameShape(lines.operand(value, 0).shape, layout.shape);
    case 'transpose':
      return (
        operation.kind === 'transpose' &&
        inversePermutation(operation.permutation).every(
          (axis, at) => axis === layout.permutation[at],
        )
      );
    case 'slice':
      return operands.length > 0 && partOfConcat(lines, layout, value) !== undefined;
  }
}

/** Layout of a product where it undoes the layout of one factor: the product is taken before instead. */
function throughProduct(lines: Lines, layout: Layout, x: Value): Value | undefined {
  if (lines.line(x).operation.kind !== 'mul') return undefined;
  const a = lines.operand(x, 0),
    b = lines.operand(x, 1);
  if (!sameShape(a.shape, b.shape) || !(undoes(lines, layout, a) || undoes(lines, layout, b)))
    return undefined;
  return lines.write({ kind: 'mul' }, lines.write(layout, a), lines.write(layout, b));
}
