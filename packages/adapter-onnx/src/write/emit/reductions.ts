import type { Emitter } from './emitter.js';

const reduceSum: Emitter<'reduceSum'> = ({ axes }, { graph, operands: [x] }) =>
  graph.node('ReduceSum', [x!.floats(), graph.integers(axes)], { keepdims: 1 });

const reduceMax: Emitter<'reduceMax'> = ({ axes }, { graph, operands: [x] }) =>
  graph.node('ReduceMax', [x!.floats()], { axes, keepdims: 1 });

const argMax: Emitter<'argMax'> = (_operation, { graph, operands: [x] }) => {
  const index = graph.node('ArgMax', [x!.floats()], {
    axis: -1,
    keepdims: 0,
    select_last_index: 0,
  });
  return graph.node('Cast', [index], { to: 1 });
};

/** Equality with a ramp: an index that is out of range meets none of its entries. */
const oneHot: Emitter<'oneHot'> = ({ size }, { graph, operands: [indices] }) => ({
  booleans: () => {
    const column = graph.node('Unsqueeze', [indices!.floats(), graph.integers([-1])]);
    const ramp = graph.floats(
      Float32Array.from({ length: size }, (_, at) => at),
      [size],
    );
    return graph.node('Equal', [column, ramp]);
  },
});

const matmul: Emitter<'matmul'> = (_operation, { graph, operands: [a, b] }) =>
  graph.node('MatMul', [a!.floats(), b!.floats()]);

/** Emitters of reductions, of what is reduced to indices and back, and of products of matrices. */
export const reductions = { reduceSum, reduceMax, argMax, oneHot, matmul };
