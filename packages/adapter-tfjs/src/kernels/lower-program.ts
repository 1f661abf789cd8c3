import { type Instruction, type Program } from '@patternlens/core/backend';
import { resolveShape } from '@patternlens/core/tensor';
import { constantOf } from '../layout/constant.js';
import { heldConstant, heldInput, type Held } from '../layout/held.js';
import { TapeWriter } from '../tape/tape-writer.js';
import type { Tape } from '../tape/tape.js';
import { convolve } from './convolution.js';
import { findFusions, type Fusion } from './fusions.js';
import type { Context, Lowering } from './lowering.js';
import { lowerings } from './lowerings.js';
import { matmulByMatrix } from './matmul.js';
import type { Traits } from './traits.js';

/** Writes a program as calls of kernels, for one batch size. */
export function lowerProgram(program: Program, batch: number, traits: Traits): Tape {
  const tape = new TapeWriter();
  const context: Context = { tape, traits };
  const { fusions, absorbed } = findFusions(program);
  const values: (Held | undefined)[] = [];
  program.instructions.forEach((line, id) => {
    tape.inLayer(line.layer);
    const fusion = fusions.get(id);
    if (absorbed.has(id)) values.push(undefined);
    else if (fusion) values.push(lowerFused(context, program, fusion, values, batch));
    else values.push(lowerLine(context, line, values, batch));
  });
  for (const { name, value } of program.outputs) {
    const result = values[value]!;
    tape.output({
      name,
      slot: result.slot(result.order),
      shape: result.shape,
      order: result.order,
    });
  }
  return tape.build();
}

function lowerLine(
  context: Context,
  line: Instruction,
  values: readonly (Held | undefined)[],
  batch: number,
): Held {
  const { tape } = context;
  const { operation } = line;
  const shape = resolveShape(line.shape, batch);
  if (operation.kind === 'input') return heldInput(tape, operation.name, shape);
  if (operation.kind === 'constant') return heldConstant(tape, constantOf(operation.value));
  const operands = line.operands.map((operand) => values[operand]!);
  const lower = lowerings[operation.kind] as Lowering<typeof operation.kind>;
  return lower(context, operation, operands, shape);
}

function lowerFused(
  context: Context,
  { instructions }: Program,
  fusion: Fusion,
  values: readonly (Held | undefined)[],
  batch: number,
): Held {
  const line = instructions[fusion.linear]!;
  const shape = resolveShape(line.shape, batch);
  const operands = line.operands.map((operand) => values[operand]!) as [Held, Held];
  const fused = {
    bias: fusion.bias === undefined ? undefined : values[fusion.bias],
    relu: fusion.relu,
  };
  return line.operation.kind === 'conv'
    ? convolve(context, line.operation, operands, shape, fused)
    : matmulByMatrix(context, ...operands, shape, fused);
}
