import type { Value } from '../program/program-builder.js';
import type { Program } from '../program/program.js';
import { LineWriter } from './line-writer.js';

/** The same program without dead and repeated work, and without what the signs of values make needless, with constants folded. Backends compile this;
 * the reference runs programs as they were traced, so that this is judged too. */
export function optimise(program: Program): Program {
  const lines = new LineWriter();
  const values: Value[] = [];
  program.instructions.forEach((line) => {
    const operands = line.operands.map((operand) => values[operand]!);
    const { operation } = line;
    const record = (): Value =>
      operation.kind === 'input'
        ? lines.input(operation.name, line.shape)
        : lines.write(operation, ...operands);
    values.push(line.layer === undefined ? record() : lines.builder.inLayer(line.layer, record));
  });
  for (const { name, value } of program.outputs) lines.builder.output(name, values[value]!);
  return lines.builder.build();
}
