import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { Program } from '../program/program.js';
import { checkTensor } from '../tensor/check-tensor.js';
import { formatShape, isBatch } from '../tensor/shape.js';
import type { TensorRecord } from '../tensor/tensor-record.js';

const PROGRAM = expects.required(
  expects.having(
    'a program',
    ['instructions', 'inputs', 'outputs'],
    'Trace one: traceMethod(network, { method }).program.',
  ),
);

/** The batch size of a run: checks that every input is there, has its shape, and agrees with the others.
 * @throws PatternLensError `invalid-argument` naming the input. */
export function batchOf(program: Program, inputs: TensorRecord): number {
  checkArgument('core', 'program', program, PROGRAM);
  checkArgument('core', 'inputs', inputs, expects.required(expects.object));
  let batch: number | undefined;
  for (const { name, value } of program.inputs) {
    const given = inputs[name];
    const { shape } = program.instructions[value]!;
    if (given === undefined)
      throw new PatternLensError(
        'core',
        'invalid-argument',
        `input "${name}" is missing. Inputs: ${program.inputs.map((port) => port.name).join(', ')}.`,
      );
    checkTensor(`input "${name}"`, given);
    const fits =
      given.shape.length === shape.length &&
      shape.every((dim, axis) => {
        if (!isBatch(dim)) return dim === given.shape[axis];
        const samples = given.shape[axis]! / dim.batch;
        batch ??= samples;
        return samples === batch && Number.isInteger(samples) && samples > 0;
      });
    if (!fits) {
      throw new PatternLensError(
        'core',
        'invalid-argument',
        `input "${name}": expected shape ${formatShape(shape)}${batch === undefined ? '' : ` with N = ${batch}`}, got [${given.shape.join(', ')}].`,
      );
    }
  }
  return batch ?? 1;
}
