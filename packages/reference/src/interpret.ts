import {
  batchOf,
  resolveShape,
  type Operation,
  type Program,
  type TensorRecord,
} from '@patternlens/core';
import type { Kernel, Value } from './kernels/kernel.js';
import { kernels } from './kernels/kernels.js';

/** Runs a program line by line, as it was traced. Values are dropped after their last reader. */
export function interpret(program: Program, inputs: TensorRecord): TensorRecord {
  const batch = batchOf(program, inputs);
  const lastReader = new Map<number, number>();
  program.instructions.forEach((line, id) => {
    line.operands.forEach((operand) => lastReader.set(operand, id));
  });
  program.outputs.forEach(({ value }) => lastReader.set(value, Infinity));
  const values = new Map<number, Value>();
  program.instructions.forEach((line, id) => {
    const operands = line.operands.map((operand) => values.get(operand)!);
    values.set(id, evaluate(line.operation, operands, resolveShape(line.shape, batch), inputs));
    for (const operand of line.operands) if (lastReader.get(operand) === id) values.delete(operand);
  });
  return Object.fromEntries(program.outputs.map(({ name, value }) => [name, values.get(value)!]));
}

function evaluate(
  operation: Operation,
  operands: readonly Value[],
  shape: readonly number[],
  inputs: TensorRecord,
): Value {
  if (operation.kind === 'input')
    return { data: Float64Array.from(inputs[operation.name]!.data), shape };
  return (kernels[operation.kind] as Kernel<typeof operation.kind>)(operation, operands, shape);
}
