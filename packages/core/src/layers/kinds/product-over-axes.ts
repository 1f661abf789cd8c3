import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { inversePermutation } from '../../tensor/permute-tensor.js';
import { reducedCount, reducedReach, type ReducedAxes } from './reduced-axes.js';

/** The reduced axes as the last one, filled up with ones to a power of two. */
function asRows(ops: ProgramBuilder, x: Value, axes: readonly number[]): Value {
  const { rest, permutation } = orders(x, axes);
  const count = reducedCount(x.shape, axes);
  const moved = ops.transpose(x, permutation);
  const rows = ops.reshape(moved, [...rest.map((axis) => x.shape[axis]!), count]);
  const missing = 2 ** Math.ceil(Math.log2(count)) - count;
  return ops.pad(rows, rest.map(() => 0).concat(0), rest.map(() => 0).concat(missing), 1);
}

function orders(
  x: Value,
  axes: readonly number[],
): { rest: readonly number[]; permutation: readonly number[] } {
  const rest = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  return { rest, permutation: [...rest, ...axes] };
}

/** The two halves of the last axis. */
function halvesOf(ops: ProgramBuilder, rows: Value): [Value, Value] {
  const before = rows.shape.slice(0, -1);
  const size = (rows.shape.at(-1) as number) / 2;
  const from = (start: number): Value =>
    ops.slice(rows, [...before.map(() => 0), start], [...before, size]);
  return [from(0), from(size)];
}

/** The halves of rows, of the products of these halves, and so on. */
function levels(ops: ProgramBuilder, rows: Value): (readonly [Value, Value])[] {
  const made: (readonly [Value, Value])[] = [];
  for (let row = rows; row.shape.at(-1) !== 1;) {
    const halves = halvesOf(ops, row);
    made.push(halves);
    row = ops.mul(...halves);
  }
  return made;
}

/** The product over the given axes. Nothing is divided, so that its gradient is right with zeros among the factors. */
export const productOverAxes: LayerDefinition<ReducedAxes> = {
  group: 'other',
  axisOrder: 'unknown',
  forward: ({ attributes: { axes } }, { ops, inputs: [x] }) => {
    const rows = asRows(ops, x!, axes);
    const last = levels(ops, rows).at(-1);
    const shape = x!.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
    return ops.reshape(last ? ops.mul(...last) : rows, shape);
  },
  gradient: ({ attributes: { axes } }, { ops, inputs: [x] }, _output, r) => {
    const { rest, permutation } = orders(x!, axes);
    const before = rest.map((axis) => x!.shape[axis]!);
    const back = levels(ops, asRows(ops, x!, axes)).reduceRight(
      (part, [left, right]) => ops.concat([ops.mul(part, right), ops.mul(part, left)], rest.length),
      ops.reshape(r, [...before, 1]),
    );
    const count = reducedCount(x!.shape, axes);
    const given = ops.slice(back, [...rest.map(() => 0), 0], [...before, count]);
    const moved = permutation.map((axis) => x!.shape[axis]!);
    return [ops.transpose(ops.reshape(given, moved), inversePermutation(permutation))];
  },
  reach: reducedReach,
  expectedMagnitude: passedMagnitude,
};
