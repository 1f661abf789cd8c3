import {
  normals,
  ProgramBuilder,
  tensor,
  uniforms,
  type ConvAttributes,
  type PoolAttributes,
  type Program,
  type Shape,
  type Tensor,
  type TensorRecord,
  type Value,
} from '@patternlens/core';

/** A small program around one primitive, and inputs for it. */
export interface PrimitiveCase {
  readonly name: string;
  /** The primitive: the kind of the program's last line. */
  readonly subject: string;
  readonly program: Program;
  readonly inputs: TensorRecord;
}

export const N = { batch: 1 };

export type Fill = 'normal' | 'positive' | 'whole' | 'index';

export function values(fill: Fill, shape: readonly number[], seed: number): Tensor {
  const draw = normals(seed),
    uniform = uniforms(seed);
  const make: Record<Fill, () => number> = {
    normal: draw,
    positive: () => Math.abs(draw()) + 0.1,
    // Few different values: ties, exact zeros, and equal operands.
    whole: () => Math.floor(uniform() * 4) - 1,
    index: () => Math.floor(uniform() * 5),
  };
  return tensor(
    Float32Array.from({ length: shape.reduce((total, dim) => total * dim, 1) }, make[fill]),
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
  return [1, 3].map((batch) => {
    const ops = new ProgramBuilder();
    const inputs = given.map(({ shape }, at) => ops.input(`x${at}`, shape));
    // A last batch-free input would have no batch; every case has one that has.
    ops.output('y', record(ops, inputs));
    const tensors = given.map(
      ({ shape, fill = 'normal' }, at) =>
        [
          `x${at}`,
          values(
            fill,
            shape.map((dim) => (typeof dim === 'number' ? dim : dim.batch * batch)),
            17 * at + batch,
          ),
        ] as const,
    );
    const program = ops.build();
    return {
      name: `${name}, batch ${batch}`,
      subject: program.instructions[program.outputs[0]!.value]!.operation.kind,
      program,
      inputs: Object.fromEntries(tensors),
    };
  });
}

export const plane: Given = { shape: [N, 3, 4, 5] };
export const conv2d = (own: Partial<ConvAttributes>): ConvAttributes => ({
  strides: [1, 1],
  padsBegin: [0, 0],
  padsEnd: [0, 0],
  dilations: [1, 1],
  groups: 1,
  ...own,
});
export const pool2d = (own: Partial<PoolAttributes>): PoolAttributes => ({
  kernel: [2, 2],
  strides: [2, 2],
  padsBegin: [0, 0],
  padsEnd: [0, 0],
  dilations: [1, 1],
  ...own,
});
