import { type Instruction, type Program } from '@patternlens/core/backend';
import { isBatch } from '@patternlens/core/tensor';
import { product } from '../layout/sizes.js';

/** A linear operation with the bias and the rectifier that follow it. */
export interface Fusion {
  readonly linear: number;
  readonly bias?: number | undefined;
  readonly relu: boolean;
}

/** Which lines are written together, by the last of them; and the lines that are left to those. */
export interface Fusions {
  readonly fusions: ReadonlyMap<number, Fusion>;
  readonly absorbed: ReadonlySet<number>;
}

/** Whether a constant holds one number for each neuron of a linear operation. */
function isBias(line: Instruction, linear: Instruction): boolean {
  if (line.operation.kind !== 'constant') return false;
  const { shape } = line.operation.value;
  const rank = linear.shape.length;
  const axis = linear.operation.kind === 'conv' ? 1 : rank - 1;
  const neurons = linear.shape[axis];
  const dim = shape[axis - rank + shape.length];
  return shape.length <= rank && dim === neurons && product(shape) === neurons;
}

/** Finds what follows convolutions and products with matrices and can be computed with them. */
export function findFusions(program: Program): Fusions {
  const { instructions } = program;
  const readers = new Map<number, number[]>();
  instructions.forEach(({ operands }, id) => {
    for (const operand of operands) readers.set(operand, [...(readers.get(operand) ?? []), id]);
  });
  const outputs = new Set(program.outputs.map(({ value }) => value));
  /** The only line that reads a value, if that is of the given kind. */
  const next = (id: number, kind: 'add' | 'relu'): number | undefined => {
    const lines = readers.get(id) ?? [];
    const isOnly = lines.length === 1 && !outputs.has(id);
    return isOnly && instructions[lines[0]!]!.operation.kind === kind ? lines[0] : undefined;
  };
  const fusions = new Map<number, Fusion>();
  const absorbed = new Set<number>();
  instructions.forEach((line, linear) => {
    if (!isFusible(line, instructions)) return;
    const sum = next(linear, 'add');
    const bias =
      sum === undefined
        ? undefined
        : instructions[sum]!.operands.find(
            (operand) => operand !== linear && isBias(instructions[operand]!, line),
          );
    const biased = bias === undefined ? linear : sum!;
    const rectifier = next(biased, 'relu');
    const last = rectifier ?? biased;
    if (last === linear) return;
    fusions.set(last, { linear, bias, relu: rectifier !== undefined });
    absorbed.add(linear);
    if (biased !== last) absorbed.add(biased);
  });
  return { fusions, absorbed };
}

function isFusible(line: Instruction, instructions: readonly Instruction[]): boolean {
  const { operation, operands, shape } = line;
  if (operation.kind === 'matmul') return instructions[operands[1]!]!.shape.length === 2;
  if (operation.kind !== 'conv' || shape.length > 4) return false;
  const weights = instructions[operands[1]!]!.shape;
  return !weights.some(isBatch) && (operation.groups === 1 || weights[1] === 1);
}
