import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import { tensor, type Tensor } from '../../tensor/tensor.js';
import { alongAxis } from './along-axis.js';

/** Elements of a matrix up to which multiplying is the shorter program. */
const SMALL_MATRIX = 2 ** 16;
/** Times that one entry is read up to which its parts are gathered one after another. */
const FEW = 64;

/** 1 at `[i, indices[i]]`: picks entries when multiplied from the left. */
function selection(indices: readonly number[], size: number): Tensor {
  const data = new Float64Array(indices.length * size);
  indices.forEach((index, row) => (data[row * size + index] = 1));
  return tensor(data, [indices.length, size]);
}

/** For the first, second, ... time that an entry is read, where it is read; the place behind the last where it is not. */
function readings(indices: readonly number[], size: number): number[][] {
  const rounds: number[][] = [];
  const times = new Uint32Array(size);
  indices.forEach((index, at) => {
    const round = times[index]!++;
    rounds[round] ??= new Array<number>(size).fill(indices.length);
    rounds[round][index] = at;
  });
  return rounds;
}

function mostRead(indices: readonly number[], size: number): number {
  const times = new Uint32Array(size);
  for (const index of indices) times[index]!++;
  return times.reduce((most, count) => Math.max(most, count), 0);
}

/** The transpose of picking the entries `indices` of an axis of the given size: what was read several times is added up. */
export function scatterAlong(
  ops: ProgramBuilder,
  r: Value,
  axis: number,
  indices: readonly number[],
  size: number,
): Value {
  if (indices.length * size <= SMALL_MATRIX || mostRead(indices, size) > FEW) {
    const matrix = ops.constant(selection(indices, size));
    return alongAxis(ops, r, axis, ops.transpose(matrix, [1, 0]));
  }
  const none = r.shape.map(() => 0);
  const padded = ops.pad(
    r,
    none,
    none.map((_, at) => (at === axis ? 1 : 0)),
  );
  return readings(indices, size)
    .map((round) => ops.gather(padded, axis, round))
    .reduce((total, part) => ops.add(total, part));
}
