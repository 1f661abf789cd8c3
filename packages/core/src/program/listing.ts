import { formatShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Operation } from './operation.js';
import type { Instruction, Program } from './program.js';

/** A program as text: one line a value, with its shape and the layer that it came from. */
export function listing(program: Omit<Program, 'toString'>): string {
  const width = String(program.instructions.length).length + 1;
  const name = (id: number): string => `%${id}`;
  const lines = program.instructions.map((line, id) => {
    const operands = line.operands.map(name).join(', ');
    const text = `${name(id).padStart(width)} = ${line.operation.kind}${attributes(line.operation)}(${operands})`;
    return `${text} : ${formatShape(line.shape)}${origin(line)}`;
  });
  const outputs = program.outputs.map((port) => `return ${port.name} = ${name(port.value)}`);
  return [...lines, ...outputs].join('\n');
}

const origin = (line: Instruction): string =>
  line.layer === undefined ? '' : `   # ${line.layer}`;

function attributes(operation: Operation): string {
  const parts = Object.entries(operation)
    .filter(([key]) => key !== 'kind')
    .map(([key, value]) => `${key}: ${show(value)}`);
  return parts.length > 0 ? `{${parts.join(', ')}}` : '';
}

function show(value: unknown): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, 12).map(show).join(', ');
    return `[${shown}${value.length > 12 ? `, ... ${value.length} in all` : ''}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return 'batch' in value
      ? formatShape([value as { batch: number }]).slice(1, -1)
      : tensorSummary(value as Tensor);
  }
  return String(value);
}

function tensorSummary({ data, shape }: Tensor): string {
  const few = Array.from(data.slice(0, 4), (value) => Number(value.toPrecision(6))).join(', ');
  return `${formatShape(shape)} of ${few}${data.length > 4 ? ', ...' : ''}`;
}
