import type { Operation } from '../program/operation.js';
import type { Value } from '../program/program-builder.js';
import { isBatch, sameDim } from '../tensor/shape.js';
import type { Lines } from './lines.js';

type Slice = Extract<Operation, { kind: 'slice' }>;

/** Parts with fewer channels than this are cheaper to cut out than to compute apart: runtimes compute channels in blocks. */
const WORTHWHILE = 16;

/** The one axis that a slice cuts; undefined where it cuts several or takes steps. */
function cutAxis({ sizes, steps }: Slice, x: Value): number | undefined {
  const axes = sizes.map((_, axis) => axis).filter((axis) => !sameDim(sizes[axis], x.shape[axis]));
  return axes.length === 1 && steps.every((step) => step === 1) ? axes[0] : undefined;
}

/** The part of constant weights that makes the given part of what comes back; undefined where the line is no such product. */
function partOfProduct(
  lines: Lines,
  x: Value,
  axis: number,
  start: number,
  size: number,
): Value | undefined {
  const { operation } = lines.line(x);
  const last = x.shape.length - 1;
  const isConv = operation.kind === 'convInputGradient' && operation.groups === 1 && axis === 1;
  const isProduct = operation.kind === 'matmul' && axis === last;
  if (!isConv && !isProduct) return undefined;
  const r = lines.operand(x, 0),
    w = lines.operand(x, 1);
  const weightAxis = isConv ? 1 : w.shape.length - 1;
  if (!lines.constant(w) || w.shape.some(isBatch)) return undefined;
  const starts = w.shape.map((_, at) => (at === weightAxis ? start : 0));
  const sizes = w.shape.map((dim, at) => (at === weightAxis ? size : dim));
  const part = lines.write({ kind: 'slice', starts, sizes, steps: starts.map(() => 1) }, w);
  return lines.write(operation, r, part);
}

/** Whether a part of a value can be computed by itself, along an axis. */
export function canBeParted(lines: Lines, x: Value, axis: number): boolean {
  const { operation, operands } = lines.line(x);
  if (operation.kind === 'concat') return operation.axis === axis;
  if (operation.kind === 'add' || operation.kind === 'mul') {
    const both = [lines.operand(x, 0), lines.operand(x, 1)];
    return both.every(
      (operand) =>
        operand.shape.length === x.shape.length &&
        sameDim(operand.shape[axis], x.shape[axis]) &&
        canBeParted(lines, operand, axis),
    );
  }
  if (operation.kind === 'convInputGradient')
    return (
      axis === 1 && operation.groups === 1 && lines.constant(lines.operand(x, 1)) !== undefined
    );
  return (
    operation.kind === 'matmul' &&
    axis === x.shape.length - 1 &&
    operands.length === 2 &&
    lines.constant(lines.operand(x, 1)) !== undefined
  );
}

/** A part of a product with constant weights is the product with a part of the weights: the gradient of a concatenation is never cut up. */
export function simplifySlice(lines: Lines, slice: Slice, x: Value): Value | undefined {
  const axis = cutAxis(slice, x);
  if (axis === undefined) return undefined;
  const size = slice.sizes[axis] as number;
  const { kind } = lines.line(x).operation;
  if (size < WORTHWHILE || kind === 'concat' || !canBeParted(lines, x, axis)) return undefined;
  if (kind === 'add' || kind === 'mul') {
    const parts = [0, 1].map((index) => {
      const operand = lines.operand(x, index);
      const sizes = operand.shape.map((dim, at) => (at === axis ? size : dim));
      return lines.write({ ...slice, sizes }, operand);
    });
    return lines.write({ kind }, parts[0]!, parts[1]!);
  }
  return partOfProduct(lines, x, axis, slice.starts[axis]!, size);
}
