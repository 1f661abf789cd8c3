import { type Tensor, type TensorRecord } from '@patternlens/core';
import {
  batchOf,
  evaluateOperation,
  type Operation,
  type Program,
} from '@patternlens/core/backend';
import { resolveShape } from '@patternlens/core/tensor';

/** Runs a program line by line, as it was traced, by the definitions of its primitives. Values are dropped after their last reader. */
export function interpret(program: Program, inputs: TensorRecord): TensorRecord {
  const batch = batchOf(program, inputs);
  const lastReader = new Map<number, number>();
  program.instructions.forEach((line, id) => {
    line.operands.forEach((operand) => lastReader.set(operand, id));
  });
  program.outputs.forEach(({ value }) => lastReader.set(value, Infinity));
  const values = new Map<number, Tensor>();
  program.instructions.forEach((line, id) => {
    const operands = line.operands.map((operand) => values.get(operand)!);
    values.set(id, evaluate(line.operation, operands, resolveShape(line.shape, batch), inputs));
    for (const operand of line.operands) if (lastReader.get(operand) === id) values.delete(operand);
  });
  return Object.fromEntries(program.outputs.map(({ name, value }) => [name, values.get(value)!]));
}

function evaluate(
  operation: Operation,
  operands: readonly Tensor[],
  shape: readonly number[],
  inputs: TensorRecord,
): Tensor {
  if (operation.kind === 'input')
    return { data: Float64Array.from(inputs[operation.name]!.data), shape };
  return evaluateOperation(operation, operands, shape);
}
