import { broadcastSteps } from '@patternlens/core/tensor';
import { linear, type KernelText } from './kernel-text.js';

/** A value that a kernel reads. */
export interface Operand {
  readonly shape: readonly number[];
  /** The text that reads the element at a flat index, given as text. */
  readonly at: (index: string) => string;
}

/** What an operation computes, as text: the value of the element that the kernel computes. */
export type Source<O> = (text: KernelText, operation: O, operands: readonly Operand[]) => string;

/** Reads an operand that broadcasts to the output. */
export function readBroadcast(text: KernelText, operand: Operand): string {
  const { shape } = text;
  const steps = broadcastSteps(operand.shape, shape);
  const isWhole =
    operand.shape.reduce((total, size) => total * size, 1) ===
    shape.reduce((total, size) => total * size, 1);
  if (isWhole) return operand.at(text.index);
  const terms = steps.flatMap((factor, axis) =>
    factor === 0 ? [] : [{ value: text.coordinate(axis), factor }],
  );
  return operand.at(linear(terms));
}
