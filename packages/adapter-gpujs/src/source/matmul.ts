import { type OperationOf } from '@patternlens/core/backend';
import { broadcastSteps } from '@patternlens/core/tensor';
import type { LoweredOf } from '../lowering/line.js';
import { type KernelText, type Term } from './kernel-text.js';
import type { Operand, Source } from './operand.js';
import { product } from './sizes.js';
import { slidingSum } from './sliding-sum.js';

const term = (value: string, factor: number): Term => ({ value, factor });

/** Where the matrix of an operand begins that the element is computed from. */
function matrixOf(text: KernelText, { shape }: Operand): Term[] {
  const leading = text.shape.slice(0, -2);
  const size = product(shape.slice(-2));
  return broadcastSteps(shape.slice(0, -2), leading).flatMap((step, axis) =>
    step === 0 ? [] : [term(text.coordinate(axis), step * size)],
  );
}

function rowsBy(text: KernelText, a: Operand, b: Operand, start: Term, step: number): string {
  const rank = text.shape.length;
  const inner = a.shape.at(-1)!;
  return slidingSum(text, {
    x: b,
    start: [...matrixOf(text, b), start],
    w: a,
    weightStart: [...matrixOf(text, a), term(text.coordinate(rank - 2), inner)],
    channels: inner,
    channelStride: step,
    kernel: [],
    steps: [],
  });
}

export const matmul: Source<OperationOf<'matmul'>> = (text, _operation, [a, b]) =>
  rowsBy(text, a!, b!, term(text.coordinate(text.shape.length - 1), 1), b!.shape.at(-1)!);

export const matmulRows: Source<LoweredOf<'matmulRows'>> = (text, _operation, [a, b]) =>
  rowsBy(text, a!, b!, term(text.coordinate(text.shape.length - 1), b!.shape.at(-1)!), 1);
