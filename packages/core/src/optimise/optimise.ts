import type { Value } from '../program/program-builder.js';
import type { Program } from '../program/program.js';
import { LineWriter } from './line-writer.js';
import { sineSeries } from './sine-series.js';

/** The same program without dead and repeated work, and without what the signs of values make needless, with constants folded. Backends compile this;
 * the reference runs programs as they were traced, so that this is judged too.
 * With `sinesAsSeries`, sines and cosines are written as sums and products: shaders may compute their own to a few decimal places only. */
export function optimise(
  program: Program,
  { sinesAsSeries = false }: { readonly sinesAsSeries?: boolean } = {},
): Program {
  const lines = new LineWriter();
  const values: Value[] = [];
  program.instructions.forEach((line) => {
    const operands = line.operands.map((operand) => values[operand]!);
    const { operation } = line;
    const record = (): Value => {
      if (operation.kind === 'input') return lines.input(operation.name, line.shape);
      const isSine = operation.kind === 'sin' || operation.kind === 'cos';
      return sinesAsSeries && isSine
        ? sineSeries(lines, operation.kind, operands[0]!)
        : lines.write(operation, ...operands);
    };
    values.push(line.layer === undefined ? record() : lines.builder.inLayer(line.layer, record));
  });
  for (const { name, value } of program.outputs) lines.builder.output(name, values[value]!);
  return lines.builder.build();
}
