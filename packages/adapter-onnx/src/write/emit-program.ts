import { isBatch, type Instruction, type Program, type Shape } from '@patternlens/core';
import type { EmitScope, Emitted, Emitter } from './emit/emitter.js';
import { emitters } from './emit/emitters.js';
import type { GraphBuilder } from './graph-builder.js';

/** Shapes for graph ports: the batch goes by the name N, its multiples by theirs. */
export const portDims = (shape: Shape): (number | string)[] => shape.map((dim) => (isBatch(dim) ? (dim.batch === 1 ? 'N' : `${dim.batch}N`) : dim));

/** A mask is kept as booleans and cast when its floats are first asked for; floats become booleans by comparison with 0. */
function valueOf(graph: GraphBuilder, line: Instruction, id: number, made: ReturnType<Emitter<'relu'>>): Emitted {
  let floats = typeof made === 'string' ? made : undefined;
  let booleans = typeof made === 'string' ? undefined : made.booleans;
  return {
    id,
    shape: line.shape,
    constant: line.operation.kind === 'constant' ? line.operation.value : undefined,
    floats: () => (floats ??= graph.node('Cast', [booleans!], { to: 1 })),
    booleans: () => (booleans ??= graph.node('Cast', [floats!], { to: 9 })),
  };
}

/** Writes a program's lines into a graph, whose inputs are named by `inputName` (which declares them), and returns the values of its outputs. */
export function emitProgram(program: Program, graph: GraphBuilder, inputName: (name: string, shape: Shape) => string): ReadonlyMap<string, Emitted> {
  const emitted: Emitted[] = [];
  const { instructions } = program;
  let batchName: string | undefined;
  const batch = (): string => {
    if (batchName !== undefined) return batchName;
    const first = program.inputs.find(({ value }) => isBatch(instructions[value]!.shape[0]))!;
    batchName = graph.node('Shape', [emitted[first.value]!.floats()], { start: 0, end: 1 });
    return batchName;
  };
  const emit = (line: Instruction): ReturnType<Emitter<'relu'>> => {
    const { operation } = line;
    if (operation.kind === 'input') return inputName(operation.name, line.shape);
    if (operation.kind === 'constant') return graph.floats(operation.value.data, operation.value.shape);
    const scope: EmitScope = { graph, line, operands: line.operands.map((operand) => emitted[operand]!), emitted: (id) => emitted[id]!, lineOf: (id) => instructions[id]!, batch };
    return (emitters[operation.kind] as Emitter<typeof operation.kind>)(operation as never, scope);
  };
  instructions.forEach((line, id) => {
    emitted.push(line.operation.kind === 'constant' ? lazyConstant(graph, line, id) : valueOf(graph, line, id, emit(line)));
  });
  return new Map(program.outputs.map(({ name, value }) => [name, emitted[value]!]));
}

/** A constant is stored when it is first read: one that an emitter takes in another layout need not be stored as it is. */
function lazyConstant(graph: GraphBuilder, line: Instruction, id: number): Emitted {
  const value = (line.operation as Extract<Instruction['operation'], { kind: 'constant' }>).value;
  const floats = (): string => graph.floats(value.data, value.shape);
  return { id, shape: line.shape, constant: value, floats, booleans: () => graph.node('Cast', [floats()], { to: 9 }) };
}
