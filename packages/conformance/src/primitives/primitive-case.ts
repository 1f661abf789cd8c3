import { tensor, type Shape, type Tensor, type TensorRecord } from '@patternlens/core';
import {
  ProgramBuilder,
  type ConvAttributes,
  type PoolAttributes,
  type Program,
  type Value,
} from '@patternlens/core/backend';
import { isBatch, normals, resolveShape, uniforms } from '@patternlens/core/tensor';

/** A small program around one primitive, and inputs for it. */
export interface PrimitiveCase {
  readonly name: string;
  /** The primitive: the kind of the line that makes `y`. */
  readonly subject: string;
  readonly program: Program;
  readonly inputs: TensorRecord;
}

export const N = { batch: 1 };

/** How an input is filled; a list is repeated until the input is full. */
export type Fill = 'normal' | 'positive' | 'negative' | 'whole' | 'index' | readonly number[];

export function values(fill: Fill, shape: readonly number[], seed: number): Tensor {
  const draw = normals(seed),
    uniform = uniforms(seed);
  let at = 0;
  const make: Record<Exclude<Fill, readonly number[]> | 'list', () => number> = {
    normal: draw,
    positive: () => Math.abs(draw()) + 0.1,
    negative: () => -Math.abs(draw()) - 0.1,
    // Few different values: ties, exact zeros, and equal operands.
    whole: () => Math.floor(uniform() * 4) - 1,
    index: () => Math.floor(uniform() * 5),
    list: () => (fill as readonly number[])[at++ % fill.length]!,
  };
  return tensor(
    Float32Array.from(
      { length: shape.reduce((total, dim) => total * dim, 1) },
      make[typeof fill === 'string' ? fill : 'list'],
    ),
    shape,
  );
}

export interface Given {
  readonly shape: Shape;
  readonly fill?: Fill;
}

/** A case over inputs of the given shapes, at a batch of 1 and of 3. */
export function primitive(
  name: string,
  given: readonly Given[],
  record: (ops: ProgramBuilder, inputs: Value[]) => Value,
): PrimitiveCase[] {
  if (!given.some(({ shape }) => shape.some(isBatch)))
    throw new Error(`${name}: one of the inputs has to have a batch.`);
  return [1, 3].map((batch) => {
    const ops = new ProgramBuilder();
    const inputs = given.map(({ shape }, at) => ops.input(`x${at}`, shape));
    ops.output('y', record(ops, inputs));
    const tensors = given.map(
      ({ shape, fill = 'normal' }, at) =>
        [`x${at}`, values(fill, resolveShape(shape, batch), 17 * at + batch)] as const,
    );
    const program = ops.build();
    return {
      name: `${name}, batch ${batch}`,
      subject: program.instructions[program.outputs.at(-1)!.value]!.operation.kind,
      program,
      inputs: Object.fromEntries(tensors),
    };
  });
}

export const plane: Given = { shape: [N, 3, 4, 5] };
export const conv2d = (changes: Partial<ConvAttributes>): ConvAttributes => ({
  strides: [1, 1],
  padsBegin: [0, 0],
  padsEnd: [0, 0],
  dilations: [1, 1],
  groups: 1,
  ...changes,
});
export const pool2d = (changes: Partial<PoolAttributes>): PoolAttributes => ({
  kernel: [2, 2],
  strides: [2, 2],
  padsBegin: [0, 0],
  padsEnd: [0, 0],
  dilations: [1, 1],
  ...changes,
});
