import { type Backend, type Tensor, type TensorRecord } from '@patternlens/core';
import {
  batchOf,
  type Executable,
  type Operation,
  type OperationKind,
  type Program,
} from '@patternlens/core/backend';
import { resolveShape } from '@patternlens/core/tensor';
import { interpret } from '@patternlens/reference';
import { remembering } from './remembering.js';

/** One line of a program while it runs. */
export interface Line {
  readonly operation: Operation;
  readonly operands: readonly Tensor[];
  readonly shape: readonly number[];
}

export type Evaluate = (line: Line) => Tensor;

/** Where a backend goes wrong. */
export interface Faults {
  /** The only primitive that `line` computes wrongly: programs without it run correctly. */
  readonly kind?: OperationKind;
  readonly program?: (program: Program) => Program;
  readonly line?: (line: Line, evaluate: Evaluate) => Tensor;
  readonly executable?: (executable: Executable, program: Program) => Executable;
}

/** A line by its definition. */
function define({ operation, operands, shape }: Line): Tensor {
  const names = operands.map((_, at) => `operand${at}`);
  const program: Program = {
    instructions: [
      ...operands.map((operand, at) => ({
        operation: { kind: 'input', name: names[at]! } as const,
        operands: [],
        shape: operand.shape,
      })),
      { operation, operands: operands.map((_, at) => at), shape },
    ],
    inputs: names.map((name, value) => ({ name, value })),
    outputs: [{ name: 'y', value: operands.length }],
  };
  const inputs = Object.fromEntries(operands.map((operand, at) => [names[at]!, operand]));
  return interpret(program, inputs)['y']!;
}

const rounded = ({ data, shape }: Tensor): Tensor => ({ data: Float32Array.from(data), shape });

/** Every line in float64, its value rounded to float32. */
function run(program: Program, inputs: TensorRecord, { line }: Faults): TensorRecord {
  const batch = batchOf(program, inputs);
  const values: Tensor[] = [];
  for (const { operation, operands, shape } of program.instructions) {
    const resolved = {
      operation,
      operands: operands.map((operand) => values[operand]!),
      shape: resolveShape(shape, batch),
    };
    values.push(
      rounded(
        operation.kind === 'input'
          ? inputs[operation.name]!
          : line
            ? line(resolved, define)
            : define(resolved),
      ),
    );
  }
  return Object.fromEntries(program.outputs.map(({ name, value }) => [name, values[value]!]));
}

function executableOf(program: Program, faults: Faults): Executable {
  let isOpen = true;
  const dispose = (): Promise<void> => {
    isOpen = false;
    return Promise.resolve();
  };
  return {
    run: (inputs) =>
      Promise.resolve().then(() => {
        if (!isOpen) throw new Error('it has been disposed of.');
        return run(program, inputs, faults);
      }),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** The backend without faults. Its results are remembered: what a fault does not touch is not run again for each fault. */
const right = remembering(lineByLine());

const isRight = ({ kind }: Faults, { instructions }: Program): boolean =>
  kind !== undefined && !instructions.some(({ operation }) => operation.kind === kind);

/** The reference in float32, correct except for the given faults. */
export function lineByLine(faults: Faults = {}): Backend {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    id: 'line-by-line',
    compile: (given) => {
      if (isRight(faults, given)) return right.compile(given);
      const program = faults.program?.(given) ?? given;
      const executable = executableOf(program, faults);
      return Promise.resolve(faults.executable?.(executable, program) ?? executable);
    },
    dispose: nothing,
    [Symbol.asyncDispose]: nothing,
  };
}
