import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import { wholeAlong } from '../reach/reach.js';

export interface TopKAttributes {
  readonly axis: number;
  readonly count: number;
  /** Else the smallest. */
  readonly largest: boolean;
}

/** What is taken already must not win again: the least float32. */
const TAKEN = -3.4028234663852886e38;

/** An axis and the last one exchanged. */
const exchanged = (ops: ProgramBuilder, x: Value, axis: number): Value => {
  const axes = x.shape.map((_, at) => at);
  const last = axes.length - 1;
  return ops.transpose(
    x,
    axes.map((at) => (at === axis ? last : at === last ? axis : at)),
  );
};

/** 1 at the largest entry of the last axis, at the second largest, and so on; of equal ones the first comes first. */
function winners({ ops, mask }: LayerScope, x: Value, attributes: TopKAttributes): Value[] {
  const size = x.shape.at(-1) as number;
  const made: Value[] = [];
  let left = attributes.largest ? x : ops.neg(x);
  for (let rank = 0; rank < attributes.count; rank++) {
    const rest = left;
    const winner = mask(`winner-${rank}`, () => ops.oneHot(ops.argMax(rest), size));
    made.push(winner);
    left = ops.select(winner, ops.scalar(TAKEN), rest);
  }
  return made;
}

/** The largest, or smallest, entries of an axis in their order. */
export const topK: LayerDefinition<TopKAttributes> = {
  group: 'maximum',
  axisOrder: 'kept',
  forward: ({ attributes }, scope) => {
    const { ops, inputs } = scope;
    const x = exchanged(ops, inputs[0]!, attributes.axis);
    const last = x.shape.length - 1;
    const values = winners(scope, x, attributes).map((winner) =>
      ops.reduceSum(ops.mul(x, winner), [last]),
    );
    return exchanged(ops, ops.concat(values, last), attributes.axis);
  },
  gradient: ({ attributes }, scope, _output, r) => {
    const { ops, inputs } = scope;
    const x = exchanged(ops, inputs[0]!, attributes.axis);
    const back = exchanged(ops, r, attributes.axis);
    const last = x.shape.length - 1;
    const starts = x.shape.map(() => 0);
    const sizes = back.shape.map((dim, at) => (at === last ? 1 : dim));
    const parts = winners(scope, x, attributes).map((winner, rank) => {
      const from = starts.map((_, at) => (at === last ? rank : 0));
      return ops.mul(winner, ops.slice(back, from, sizes));
    });
    const total = parts.reduce((sum, part) => ops.add(sum, part));
    return [exchanged(ops, total, attributes.axis)];
  },
  reach: ({ attributes: { axis } }, box, shapes) => wholeAlong(box, [axis], shapes),
  expectedMagnitude: passedMagnitude,
};
