import { resolveShape, type Operation } from '@patternlens/core';
import { literalOf, type Group } from '../lowering/group-lines.js';
import type { Line, LoweredOperation } from '../lowering/line.js';
import { elementwise, isElementwise } from './elementwise.js';
import { KernelText, type Dialect } from './kernel-text.js';
import { readBroadcast, type Operand, type Source } from './operand.js';
import { product } from './sizes.js';
import { sources, type SourceKind } from './sources.js';

/** A kernel, as gpu.js takes it. */
export interface KernelSource {
  readonly text: string;
  /** Elements of its flat output. */
  readonly size: number;
}

/** The kernel of a group of lines, for a batch. */
export function kernelSource(
  lines: readonly Line[],
  group: Group,
  batch: number,
  dialect: Dialect,
): KernelSource {
  const shapeOf = (line: number): number[] => resolveShape(lines[line]!.shape, batch);
  const shape = shapeOf(group.root);
  const text = new KernelText(shape, dialect);
  const operandOf = (line: number): Operand => {
    const literal = literalOf(lines[line]!);
    const name = `a${group.reads.indexOf(line)}`;
    return {
      shape: shapeOf(line),
      at: (index) => (literal === undefined ? `${name}[${index}]` : literalText(literal)),
    };
  };
  const values = new Map<number, string>();
  const valueOf = (id: number): string => {
    const known = values.get(id);
    if (known !== undefined) return known;
    const { operation, operands } = lines[id]!;
    const made = text.constant(
      isElementwise(operation.kind)
        ? elementwise(
            text,
            operation as Operation,
            operands.map((operand) =>
              group.lines.has(operand) ? valueOf(operand) : readBroadcast(text, operandOf(operand)),
            ),
          )
        : (sources[operation.kind as SourceKind] as Source<LoweredOperation>)(
            text,
            operation,
            operands.map(operandOf),
          ),
    );
    values.set(id, made);
    return made;
  };
  const value = valueOf(group.root);
  return {
    text: text.finish(
      group.reads.map((_, at) => `a${at}`),
      value,
    ),
    size: product(shape),
  };
}

/** A number as shaders read it, too. */
const literalText = (value: number): string => (value < 0 ? `(${String(value)})` : String(value));
