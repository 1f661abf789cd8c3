import { PatternLensError } from '@patternlens/core';
import { type Operation } from '@patternlens/core/backend';
import { resolveShape } from '@patternlens/core/tensor';
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

/** In float32 gpu.js counts with floats; whole numbers are exact below this. */
const MOST_ELEMENTS = 2 ** 24;

/** @throws PatternLensError `backend-failed` where a value has more elements than the mode can count. */
function checkSize(shape: readonly number[], { isDouble }: Dialect): void {
  const size = product(shape);
  if (isDouble || size <= MOST_ELEMENTS) return;
  throw new PatternLensError(
    'adapter-gpujs',
    'backend-failed',
    `a value of shape [${shape.join(', ')}] has ${size} elements, gpu.js can index ${MOST_ELEMENTS} in this mode. Use a smaller batch, or mode "cpu".`,
    { backend: 'gpujs' },
  );
}

/** The kernel of a group of lines, for a batch.
 * @throws PatternLensError `backend-failed` where a value has more elements than the mode can count. */
export function kernelSource(
  lines: readonly Line[],
  group: Group,
  batch: number,
  dialect: Dialect,
): KernelSource {
  const shapeOf = (line: number): number[] => resolveShape(lines[line]!.shape, batch);
  const shape = shapeOf(group.root);
  for (const line of [group.root, ...group.reads]) checkSize(shapeOf(line), dialect);
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
