import { tensor } from '@patternlens/core';
import { type Instruction, type OperationOf, type Program } from '@patternlens/core/backend';
import type { LoweredProgram } from './line.js';
import { lowerConv, lowerInputGradient, lowerWeightGradient } from './lower-convolution.js';
import { Lowering } from './lowering.js';

/** More values than this can't be read by one kernel: WebGPU promises eight buffers, and one is written. */
export const MOST_READ = 7;

/** Joins in several steps what one kernel can't read. */
function concat(
  to: Lowering,
  operation: OperationOf<'concat'>,
  operands: readonly number[],
  line: Instruction,
): number {
  if (operands.length <= MOST_READ) return to.add(operation, operands, line.shape);
  const each = Math.ceil(operands.length / Math.ceil(operands.length / MOST_READ));
  const parts: number[] = [];
  for (let at = 0; at < operands.length; at += each) {
    const part = operands.slice(at, at + each);
    const size = part.reduce(
      (total, operand) => total + (to.line(operand).shape[operation.axis] as number),
      0,
    );
    const shape = line.shape.map((dim, axis) => (axis === operation.axis ? size : dim));
    parts.push(part.length === 1 ? part[0]! : to.add(operation, part, shape));
  }
  return concat(to, operation, parts, line);
}

/** Rows of the second factor stand behind one another when it is turned; it is, where that is done once. */
function matmul(to: Lowering, [a, b]: readonly number[], line: Instruction): number {
  const { shape, isConstant } = to.line(b!);
  if (!isConstant) return to.add({ kind: 'matmul' }, [a!, b!], line.shape);
  const last = shape.length - 1;
  const permutation = [...shape.keys()].slice(0, -2).concat(last, last - 1);
  const turned = to.add(
    { kind: 'transpose', permutation },
    [b!],
    permutation.map((axis) => shape[axis]!),
  );
  return to.add({ kind: 'matmulRows' }, [a!, turned], line.shape);
}

/** Indices are read as a value: there may be many. */
function gather(
  to: Lowering,
  operation: OperationOf<'gather'>,
  [x]: readonly number[],
  line: Instruction,
): number {
  const { axis, indices } = operation;
  const value = tensor(Float32Array.from(indices), [indices.length]);
  const table = to.add({ kind: 'constant', value }, [], value.shape);
  return to.add({ kind: 'gatherRows', axis }, [x!, table], line.shape);
}

/** The offsets that won, where switches come from a pool of this program. */
function choicesOf(to: Lowering, switches: number): number | undefined {
  const { operation, operands } = to.line(switches);
  return operation.kind === 'switchesOf' ? operands[0] : undefined;
}

function unpool(
  to: Lowering,
  operation: OperationOf<'unpool'>,
  [r, switches]: readonly number[],
  { shape }: Instruction,
): number {
  const choices = choicesOf(to, switches!);
  return choices === undefined
    ? to.add(operation, [r!, switches!], shape)
    : to.add({ ...operation, kind: 'unpoolByChoices' }, [r!, choices], shape);
}

function poolBySwitches(
  to: Lowering,
  operation: OperationOf<'poolBySwitches'>,
  [x, switches]: readonly number[],
  { shape }: Instruction,
): number {
  const choices = choicesOf(to, switches!);
  return choices === undefined
    ? to.add(operation, [x!, switches!], shape)
    : to.add({ ...operation, kind: 'poolByChoices' }, [x!, choices], shape);
}

function lowerLine(to: Lowering, line: Instruction, operands: readonly number[]): number {
  const { operation, shape } = line;
  switch (operation.kind) {
    case 'conv':
      return lowerConv(to, operation, operands, shape);
    case 'convInputGradient':
      return lowerInputGradient(to, operation, operands, shape);
    case 'convWeightGradient':
      return lowerWeightGradient(to, operation, operands, shape);
    case 'matmul':
      return matmul(to, operands, line);
    case 'gather':
      return gather(to, operation, operands, line);
    case 'concat':
      return concat(to, operation, operands, line);
    case 'unpool':
      return unpool(to, operation, operands, line);
    case 'poolBySwitches':
      return poolBySwitches(to, operation, operands, line);
    case 'poolSwitches': {
      const choices = to.add({ ...operation, kind: 'poolChoices' }, operands, [
        ...shape.slice(0, 2),
        ...shape.slice(3),
      ]);
      return to.add({ ...operation, kind: 'switchesOf' }, [choices], shape);
    }
    default:
      return to.add(operation, operands, shape);
  }
}

/** A program in the operations that there are kernels for. */
export function lower(program: Program): LoweredProgram {
  const to = new Lowering();
  const ids: number[] = [];
  for (const line of program.instructions)
    ids.push(
      lowerLine(
        to,
        line,
        line.operands.map((operand) => ids[operand]!),
      ),
    );
  return to.finish(program.outputs.map(({ name, value }) => ({ name, line: ids[value]! })));
}
