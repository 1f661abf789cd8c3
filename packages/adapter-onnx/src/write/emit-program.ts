import { type Shape } from '@patternlens/core';
import { signsOf, type Instruction, type Program } from '@patternlens/core/backend';
import { isBatch } from '@patternlens/core/tensor';
import type { EmitScope, Emitted, EmittedOutput, Emitter, GraphStyle } from './emit/emitter.js';
import { emitters } from './emit/emitters.js';
import { assemble } from './emit/phases.js';
import type { GraphBuilder } from './graph-builder.js';

/** Shapes for graph ports: the batch goes by the name N, its multiples by theirs. */
export const portDims = (shape: Shape): (number | string)[] =>
  shape.map((dim) => (isBatch(dim) ? (dim.batch === 1 ? 'N' : `${dim.batch}N`) : dim));

/** A mask is kept as booleans and made floats when those are first asked for, floats become booleans by comparison with 0, and quarters of an image are
 * put together when the whole is first read. */
function valueOf(scope: EmitScope, id: number, made: EmittedOutput): Emitted {
  const { graph, line } = scope;
  let floats: string | undefined, booleans: string | undefined;
  const asFloats = (): string => {
    if (typeof made === 'string') return made;
    if ('phases' in made) return (floats ??= assemble(scope, made.phases));
    return (floats ??= made.floats ? made.floats() : graph.node('Cast', [asBooleans()], { to: 1 }));
  };
  const asBooleans = (): string => {
    if (typeof made === 'object' && 'booleans' in made) return (booleans ??= made.booleans());
    return (booleans ??= graph.node('Cast', [asFloats()], { to: 9 }));
  };
  const phases = typeof made === 'object' && 'phases' in made ? made.phases : undefined;
  return { id, shape: line.shape, floats: asFloats, booleans: asBooleans, phases };
}

/** Writes a program's lines into a graph, whose inputs are named by `inputName` (which declares them), and returns the values of its outputs. */
export function emitProgram(
  program: Program,
  graph: GraphBuilder,
  inputName: (name: string, shape: Shape) => string,
  style: GraphStyle = 'plain',
): ReadonlyMap<string, Emitted> {
  const emitted: Emitted[] = [];
  const signs = signsOf(program);
  const { instructions } = program;
  let batchName: string | undefined;
  const batch = (): string => {
    if (batchName !== undefined) return batchName;
    const first = program.inputs.find(({ value }) => isBatch(instructions[value]!.shape[0]))!;
    batchName = graph.node('Shape', [emitted[first.value]!.floats()], { start: 0, end: 1 });
    return batchName;
  };
  instructions.forEach((line, id) => {
    const { operation } = line;
    const operands = line.operands.map((operand) => emitted[operand]!);
    const scope: EmitScope = {
      graph,
      style,
      line,
      operands,
      emitted: (index) => emitted[index]!,
      lineOf: (index) => instructions[index]!,
      isNotNegative: (index) => !signs[index]!.canBeNegative,
      batch,
    };
    if (operation.kind === 'constant') emitted.push(lazyConstant(graph, line, id));
    else if (operation.kind === 'input')
      emitted.push(valueOf(scope, id, inputName(operation.name, line.shape)));
    else
      emitted.push(
        valueOf(
          scope,
          id,
          (emitters[operation.kind] as Emitter<typeof operation.kind>)(operation, scope),
        ),
      );
  });
  return new Map(program.outputs.map(({ name, value }) => [name, emitted[value]!]));
}

/** A constant is stored when it is first read: one that an emitter takes in another layout need not be stored as it is. */
function lazyConstant(graph: GraphBuilder, line: Instruction, id: number): Emitted {
  const value = (line.operation as Extract<Instruction['operation'], { kind: 'constant' }>).value;
  const floats = (): string => graph.floats(value.data, value.shape);
  return {
    id,
    shape: line.shape,
    constant: value,
    floats,
    booleans: () => graph.node('Cast', [floats()], { to: 9 }),
  };
}
